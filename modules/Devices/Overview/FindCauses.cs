using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Overview;

/// <summary>Asks together, for some speakers, what was known before each fell silent.</summary>
sealed class FindCauses(DevicesDb db, PackageShelf packages, Sight sight, LatestHealth latest, TimeProvider clock)
{
    // After these a speaker is away for a while, or for good.
    static readonly string[] leaving = [Command.Restart, Command.Update, Command.ChangeServer];

    /// <summary>By the speaker; of one that nothing is amiss with, nothing.</summary>
    public async Task<ILookup<Guid, ProbableCause>> Of(IReadOnlyCollection<Speaker> speakers, CancellationToken cancel)
    {
        var enrolled = speakers.Where(s => s.State == SpeakerStates.Enrolled).ToList();
        var silent = enrolled.Where(s => s.Presence <= Presence.Offline).ToList();
        var facts = silent.Count == 0 ? [] : await Facts(silent, cancel);
        return enrolled
            .SelectMany(s =>
                facts.TryGetValue(s.Id, out var known)
                    ? [(s.Id, Cause: ProbableCause.OfSilence(known))]
                    : Amiss(s).Select(cause => (s.Id, Cause: cause))
            )
            .ToLookup(found => found.Id, found => found.Cause);
    }

    static IEnumerable<ProbableCause> Amiss(Speaker speaker)
    {
        if (speaker.RefusedReason is { } reason)
            yield return new("refuses", Reasons.Of(reason));
        foreach (var cause in ProbableCause.OfAlarms(speaker.Alarms))
            yield return cause;
    }

    async Task<Dictionary<Guid, SilenceFacts>> Facts(List<Speaker> silent, CancellationToken cancel)
    {
        Guid[] ids = [.. silent.Select(s => s.Id)];
        var health = await latest.Now(db, ids, cancel);
        var told = await Told(silent, ids, cancel);
        var losses = await Losses(ids, cancel);
        var near = await Near(silent, cancel);
        return silent.ToDictionary(
            s => s.Id,
            s =>
            {
                var around = near[CommuneOf(s.UnitId)].Where(n => n.Id != s.Id).ToList();
                return new SilenceFacts(
                    s.Presence,
                    health.GetValueOrDefault(s.Id),
                    told.GetValueOrDefault(s.Id),
                    around.Count,
                    around.Count(n => n.Presence == Presence.Offline && AreTogether(n.PresenceAt, s.PresenceAt)),
                    losses.GetValueOrDefault(s.Id)
                );
            }
        );
    }

    static bool AreTogether(DateTimeOffset? one, DateTimeOffset? other) =>
        (one - other)?.Duration() <= SilenceFacts.Together;

    async Task<Dictionary<Guid, string>> Told(List<Speaker> silent, Guid[] ids, CancellationToken cancel)
    {
        var since = silent.ToDictionary(s => s.Id, s => s.PresenceAt ?? DateTimeOffset.MaxValue);
        var from = since.Values.Min() - SilenceFacts.Together;
        var sent = await db
            .Commands.AsNoTracking()
            .Where(c => ids.Contains(c.SpeakerId) && leaving.Contains(c.Name) && c.SentAt >= from)
            .OrderBy(c => c.SentAt)
            .ToListAsync(cancel);
        var names = await packages.NamesIn(sent.Select(c => c.ReadArgs()), cancel);
        return sent.Where(c => c.SentAt <= since[c.SpeakerId] && AreTogether(c.SentAt, since[c.SpeakerId]))
            .GroupBy(c => c.SpeakerId)
            .ToDictionary(some => some.Key, some => CommandText.Of(some.Last(), names));
    }

    async Task<Dictionary<Guid, int>> Losses(Guid[] ids, CancellationToken cancel)
    {
        var from = clock.Moment().AddDays(-1);
        return await db
            .Signals.Where(s =>
                ids.Contains(s.SpeakerId) && s.Kind == SignalKind.Presence && s.To == "offline" && s.At >= from
            )
            .GroupBy(s => s.SpeakerId)
            .Select(some => new { some.Key, Count = some.Count() })
            .ToDictionaryAsync(some => some.Key, some => some.Count, cancel);
    }

    // Whoever sees a speaker may be told how many around it are silent too, not which.
    async Task<ILookup<Guid, (Guid Id, Presence Presence, DateTimeOffset? PresenceAt)>> Near(
        List<Speaker> silent,
        CancellationToken cancel
    )
    {
        Guid[] hamlets =
        [
            .. silent
                .Select(s => CommuneOf(s.UnitId))
                .Distinct()
                .SelectMany(c => sight.Tree.ChildrenOf(c))
                .Select(u => u.Id),
        ];
        var near = await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled && hamlets.Contains(s.UnitId))
            .Select(s => new
            {
                s.Id,
                s.UnitId,
                s.Presence,
                s.PresenceAt,
            })
            .ToListAsync(cancel);
        return near.ToLookup(s => CommuneOf(s.UnitId), s => (s.Id, s.Presence, s.PresenceAt));
    }

    Guid CommuneOf(Guid unit) => sight.Tree.PathOf(unit) is [.., var commune, _] ? commune : unit;
}
