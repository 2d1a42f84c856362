using Loa.Kernel;

namespace Loa.Broadcasting.Programmes;

/// <summary>One time of a programme. It is stored nowhere: whoever asks for the same window finds the same times under the same ids.</summary>
/// <param name="Original">What the clock was to show by the rule: the name by which it is left out or moved.</param>
sealed record ProgrammeOccurrence(Programme Programme, ProgrammePlan Plan, DateTimeOffset Start, DateTime Original)
{
    public Guid Id { get; } = NamedId.Of($"programme {Programme.Case.Id:N} {Original:s}");

    public DateOnly Day => DateOnly.FromDateTime(Original);

    public bool IsMoved => Plan.Times.Moved.Any(m => m.Original == Original);

    /// <summary>It begins no later than this, whatever stands before it.</summary>
    public DateTimeOffset Latest =>
        Plan.Times.InSession
            ? VietnamTime.StartOf(VietnamTime.DayOf(Start).AddDays(1)).AddMilliseconds(-1)
            : Start + Plan.Length;

    public DateTimeOffset OverAt => Latest + Plan.Length;

    /// <summary>Its items, each under the id that speakers are told: the same bulletin in the same occurrence keeps its own.</summary>
    public IReadOnlyList<(Guid Id, ProgrammeItem Item)> Items()
    {
        var times = new Dictionary<Guid, int>();
        return
        [
            .. Plan.Items.Select(item =>
            {
                var time = times[item.Bulletin] = times.GetValueOrDefault(item.Bulletin) + 1;
                return (NamedId.Of($"{Id:N} {item.Bulletin:N} {time}"), item);
            }),
        ];
    }
}
