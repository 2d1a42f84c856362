using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Calendar;
using Loa.Kernel;

namespace Loa.Broadcasting.Programmes;

/// <summary>One approved bulletin of a programme.</summary>
/// <param name="IsJingle">A signature tune: it is never counted as repeated.</param>
sealed record ProgrammeItem(Guid Bulletin, string Title, TimeSpan Length, bool IsJingle = false);

/// <summary>One time that was moved, by the clock.</summary>
sealed record MovedTime(DateTime Original, DateTime Start);

/// <summary>When a programme is heard, by the clock of Việt Nam.</summary>
/// <param name="First">The day on which it begins and the time of each day.</param>
/// <param name="Rule">On which days, in the words of RFC 5545; null: once.</param>
/// <param name="InSession">In the first session from that time on that has room; else at that very time.</param>
sealed record ProgrammeTimes(
    DateTime First,
    string? Rule,
    bool InSession,
    IReadOnlyList<DateTime> LeftOut,
    IReadOnlyList<MovedTime> Moved
)
{
    /// <summary>Whether it is heard at this time of the clock.</summary>
    public bool Names(DateTime original)
    {
        var moment = LocalTime.At(VietnamTime.Zone, original);
        return Series(TimeSpan.Zero).Between(moment, moment.AddMilliseconds(1)).Any(t => t.Original == original);
    }

    public EventSeries Series(TimeSpan length) =>
        new()
        {
            Start = First,
            Length = length,
            Zone = VietnamTime.Zone,
            Rules = Rule is null ? [] : [DayRule.Read(Rule)],
            LeftOut = LeftOut,
            Moved = [.. Moved.Select(m => new MovedInstance(m.Original, m.Start, length))],
        };
}

/// <summary>What is heard, when and where, for whatever begins from one moment on until the plan is changed.</summary>
/// <param name="GoesOn">After something more pressing it goes on where it stopped.</param>
sealed record ProgrammePlan(
    DateTimeOffset Since,
    IReadOnlyList<ProgrammeItem> Items,
    TimeSpan Gap,
    ProgrammeTimes Times,
    IReadOnlyList<Guid> Units,
    IReadOnlyList<Guid> Except,
    bool GoesOn
)
{
    public TimeSpan Length =>
        Items.Aggregate(TimeSpan.Zero, (sum, item) => sum + item.Length) + Gap * Math.Max(0, Items.Count - 1);

    public EventSeries Series => Times.Series(Length);

    public static JsonNode Write(IEnumerable<ProgrammePlan> plans) =>
        JsonSerializer.SerializeToNode(plans, JsonSerializerOptions.Web)!;

    public static IReadOnlyList<ProgrammePlan> Read(JsonNode plans) =>
        plans.Deserialize<ProgrammePlan[]>(JsonSerializerOptions.Web)!;
}
