using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>Puts a change of a timetable onto the one that it changes.</summary>
static class Joining
{
    /// <summary>As if the whole had been sent; what the change leaves out stays as it was.</summary>
    public static Timetable With(this Timetable held, Timetable change)
    {
        var gone = new HashSet<Guid>(change.Drop ?? []);
        gone.UnionWith(change.Items.Select(item => item.Id));
        return change with
        {
            Items = [.. held.Items.Where(item => !gone.Contains(item.Id)), .. change.Items],
            Volumes = change.Volumes ?? held.Volumes,
            Filler = change.Filler ?? held.Filler,
            Base = null,
            Drop = null,
        };
    }
}
