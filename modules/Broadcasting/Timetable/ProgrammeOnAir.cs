using Loa.Broadcasting.Programmes;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;

namespace Loa.Broadcasting.Timetable;

/// <summary>One time of a programme as one who asks for the air.</summary>
static class ProgrammeOnAir
{
    /// <summary>Null when nothing of it may be heard.</summary>
    /// <remarks>
    /// What was taken back leaves a silence as long as it was: what is sounding already keeps its time. To speakers each item is a
    /// broadcast of its own.
    /// </remarks>
    public static (AirCandidate, IReadOnlyList<AskedItem>)? Asks(
        this ProgrammeOccurrence occurrence,
        IReadOnlyDictionary<Guid, ReleasedBulletin> bulletins,
        UnitTree tree
    )
    {
        var (plan, start) = (occurrence.Plan, occurrence.Start);
        var (parts, items) = (new List<ProgrammePart>(), new List<AskedItem>());
        var before = TimeSpan.Zero;
        foreach (var (id, item) in occurrence.Items())
        {
            var bulletin = bulletins.GetValueOrDefault(item.Bulletin);
            if (bulletin is null || bulletin.ValidFrom > occurrence.Latest)
            {
                if (parts.Count == 0)
                    before += item.Length + plan.Gap;
                else
                    parts[^1] = parts[^1] with { GapAfter = parts[^1].GapAfter + item.Length + plan.Gap };
                continue;
            }
            parts.Add(new(item.Bulletin, item.Length, bulletin.ValidTo, plan.Gap, item.IsJingle));
            items.Add(new(id, id, bulletin));
        }
        if (parts.All(part => part.IsJingle))
            return null;
        return (
            new(occurrence.Id, items[0].Bulletin.Class, plan.Units, start + before, occurrence.Latest, parts)
            {
                Timing = plan.Times.InSession ? AirTiming.Session : AirTiming.Exact,
                Level = Math.Max(0, tree.PathOf(occurrence.Programme.Case.UnitId).Count - 1),
                GoesOn = plan.GoesOn,
                Except = plan.Except,
            },
            items
        );
    }
}
