using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.People;

namespace Loa.Playout.AsRun;

/// <summary>
/// What a speaker was told though nothing stored here says so: timetables are told first and stored after, and the server
/// may have been killed in between. Only what was ordered, for this place and this time, counts.
/// </summary>
sealed class Promises(ITimetables timetables, IUnits units)
{
    // What sounds when its airtime ends is heard whole; what is said to last longer is not believed.
    static readonly TimeSpan fastest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan longest = TimeSpan.FromHours(1);
    static readonly TimeSpan remembered = TimeSpan.FromDays(30);

    /// <summary>The plays that these records may decide, none of them stored yet.</summary>
    public async ValueTask<Dictionary<(Guid, Guid), Play>> Of(
        IReadOnlyCollection<(AirRecord Record, INamedSpeaker Speaker, DateTimeOffset At)> told,
        CancellationToken cancel
    )
    {
        var plays = new Dictionary<(Guid, Guid), Play>();
        if (told.Count == 0)
            return plays;
        var planned = told.Select(t => Near(t.Record.Planned, t.At)).ToList();
        var ordered = await timetables.Ordered(
            [.. told.Select(t => t.Record.Item!.Value).Distinct()],
            planned.Min(),
            planned.Max() + fastest,
            cancel
        );
        if (ordered.Count == 0)
            return plays;
        var tree = await units.Today(cancel);
        foreach (var (record, speaker, at) in told)
            if (ordered.TryGetValue(record.Item!.Value, out var item) && IsOf(item, record, at))
                if (tree.PathOf(speaker.UnitId).Any(item.Units.Contains))
                    plays[(speaker.Id, item.Id)] = Play(item, record, speaker, at);
        return plays;
    }

    // Whoever sends the record may write any year: what is asked is as long as a record waits to be sent.
    static DateTimeOffset Near(DateTimeOffset? planned, DateTimeOffset at) =>
        planned is not { } moment || moment > at + fastest ? at
        : moment < at - remembered ? at - remembered
        : moment;

    static bool IsOf(OrderedItem item, AirRecord record, DateTimeOffset at) =>
        item.BroadcastId == record.Broadcast
        && (record.Bulletin is null || record.Bulletin == item.BulletinId)
        && record.Planned >= item.Start
        && record.Planned < item.Until
        && record.Planned <= at + fastest;

    static Play Play(OrderedItem item, AirRecord record, INamedSpeaker speaker, DateTimeOffset at)
    {
        var (end, most) = (record.End ?? at, record.Planned!.Value + item.Duration + longest);
        return new()
        {
            SpeakerId = speaker.Id,
            ItemId = item.Id,
            BroadcastId = item.BroadcastId,
            Title = item.Title,
            Start = record.Planned.Value,
            OverAt = end < most ? end : most,
        };
    }
}
