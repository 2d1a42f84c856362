using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>
/// Speakers that are alike in all that lists count by. There are few groups however many speakers there are, and they are
/// counted along an index (IX_Speakers_Counts); every number on a page is a sum over them.
/// </summary>
sealed class SpeakerGroup
{
    static readonly Dictionary<string, Func<Speaker, bool>> kinds = SpeakerFilter.Kinds.ToDictionary(
        k => k.Key,
        k => k.Value.Compile(),
        StringComparer.Ordinal
    );

    public required string State { get; init; }
    public required string Vendor { get; init; }
    public required string Model { get; init; }
    public required Presence Presence { get; init; }
    public required string? RefusedReason { get; init; }
    public required Alarms Alarms { get; init; }
    public required int Count { get; init; }

    /// <summary>Where they stand, when they were counted place by place.</summary>
    public Guid UnitId { get; init; }

    /// <summary>How many horns each has, when they were counted place by place.</summary>
    public int Horns { get; init; }

    /// <summary>How loud each is, when they were counted volume by volume; null where it is not known.</summary>
    public int? Volume { get; init; }

    public bool IsEnrolled => State == SpeakerStates.Enrolled;

    public bool IsOnline => Presence == Presence.Online;

    /// <summary>How many speakers of each kind the groups hold.</summary>
    public static Dictionary<string, int> ByKind(IReadOnlyCollection<SpeakerGroup> groups) =>
        kinds.ToDictionary(
            kind => kind.Key,
            kind => groups.Where(g => kind.Value(g.Like)).Sum(g => g.Count),
            StringComparer.Ordinal
        );

    public bool Is(string kind) => kinds[kind](Like);

    // Any one of them.
    Speaker Like =>
        field ??= new()
        {
            Id = Guid.Empty,
            State = State,
            Vendor = Vendor,
            Presence = Presence,
            RefusedReason = RefusedReason,
            Alarms = Alarms,
        };
}

/// <summary>Counts speakers in groups.</summary>
static class SpeakerGroups
{
    /// <summary>
    /// In each place by itself: from these both the numbers on a list's page and what stands before it follow, of one walk along
    /// the same index, in its order.
    /// </summary>
    public static Task<List<SpeakerGroup>> InPlaces(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        speakers
            .GroupBy(s => new
            {
                s.State,
                s.Vendor,
                s.Model,
                s.Presence,
                s.RefusedReason,
                s.Alarms,
                s.UnitId,
                s.Horns,
            })
            .Select(g => new SpeakerGroup
            {
                State = g.Key.State,
                Vendor = g.Key.Vendor,
                Model = g.Key.Model,
                Presence = g.Key.Presence,
                RefusedReason = g.Key.RefusedReason,
                Alarms = g.Key.Alarms,
                UnitId = g.Key.UnitId,
                Horns = g.Key.Horns,
                Count = g.Count(),
            })
            .ToListAsync(cancel);

    /// <summary>The same, and what is loud apart from what is soft: of these there are many more.</summary>
    public static Task<List<SpeakerGroup>> InVolumes(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        speakers
            .GroupBy(s => new
            {
                s.State,
                s.Vendor,
                s.Model,
                s.Presence,
                s.RefusedReason,
                s.Alarms,
                s.UnitId,
                s.Horns,
                s.Volume,
            })
            .Select(g => new SpeakerGroup
            {
                State = g.Key.State,
                Vendor = g.Key.Vendor,
                Model = g.Key.Model,
                Presence = g.Key.Presence,
                RefusedReason = g.Key.RefusedReason,
                Alarms = g.Key.Alarms,
                UnitId = g.Key.UnitId,
                Horns = g.Key.Horns,
                Volume = g.Key.Volume,
                Count = g.Count(),
            })
            .ToListAsync(cancel);

    public static Task<List<SpeakerGroup>> InGroups(this IQueryable<Speaker> speakers, CancellationToken cancel) =>
        speakers
            .GroupBy(s => new
            {
                s.State,
                s.Vendor,
                s.Model,
                s.Presence,
                s.RefusedReason,
                s.Alarms,
            })
            .Select(g => new SpeakerGroup
            {
                State = g.Key.State,
                Vendor = g.Key.Vendor,
                Model = g.Key.Model,
                Presence = g.Key.Presence,
                RefusedReason = g.Key.RefusedReason,
                Alarms = g.Key.Alarms,
                Count = g.Count(),
            })
            .ToListAsync(cancel);
}
