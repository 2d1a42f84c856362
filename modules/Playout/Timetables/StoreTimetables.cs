using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Loa.Playout.Media;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Timetables;

/// <summary>Stores signed timetables together with the plays they promise and the releases they name.</summary>
sealed class StoreTimetables(PlayoutDb db, DateTimeOffset now)
{
    readonly HashSet<Guid> changed = [];
    readonly List<Play> promised = [];

    /// <returns>The broadcasts of which plays are new or withdrawn.</returns>
    public async Task<IReadOnlyList<Guid>> Store(IReadOnlyList<PlannedTimetable> plans, CancellationToken cancel)
    {
        Guid[] ids = [.. plans.Select(p => p.Speaker.Id)];
        var held = await db
            .Timetables.AsNoTracking()
            .Where(t => ids.Contains(t.SpeakerId))
            .Select(t => new
            {
                t.SpeakerId,
                t.Version,
                t.Content,
            })
            .ToDictionaryAsync(t => t.SpeakerId, cancel);
        // Somebody stored a newer one meanwhile: his stands.
        List<PlannedTimetable> fresh =
        [
            .. plans.Where(p => !(held.GetValueOrDefault(p.Speaker.Id)?.Version >= p.Whole.Version)),
        ];
        var differences = await Differences(
            fresh.ToDictionary(p => p, p => held.GetValueOrDefault(p.Speaker.Id)?.Content),
            cancel
        );
        var plays = await Plays(differences, cancel);
        changed.Clear();
        promised.Clear();
        foreach (var (plan, difference) in differences)
            Promise(plan, difference, plays);
        await Keep(fresh, cancel);
        var known = fresh.ToLookup(p => held.ContainsKey(p.Speaker.Id));
        await db.Replace([.. known[true].Select(Row)], cancel);
        await db.Insert([.. known[false].Select(Row)], cancel);
        await db.Insert(promised, cancel);
        return [.. changed];
    }

    /// <summary>What each plan changes in what is stored now, which is nearly always what was stored when it was made.</summary>
    async Task<Dictionary<PlannedTimetable, ItemChange>> Differences(
        Dictionary<PlannedTimetable, string?> stored,
        CancellationToken cancel
    )
    {
        var others = stored.Where(s => s.Value != s.Key.Before).Select(s => s.Value).OfType<string>();
        var lists = await ItemList.Read(db, others, cancel);
        return stored.ToDictionary(
            s => s.Key,
            s =>
                s.Value == s.Key.Before
                    ? s.Key.Difference
                    : ItemChange.Between(lists.GetValueOrDefault(s.Value ?? "") ?? [], s.Key.Draft.Items)
        );
    }

    // Only of what changes: what else the speakers are to play, and all they ever played, stays where it is.
    async Task<Dictionary<(Guid, Guid), Play>> Plays(
        Dictionary<PlannedTimetable, ItemChange> differences,
        CancellationToken cancel
    )
    {
        (Guid, Guid)[] pairs =
        [
            .. differences.SelectMany(d =>
                d.Value.Other.Select(item => item.Id).Concat(d.Value.Gone).Select(item => (d.Key.Speaker.Id, item))
            ),
        ];
        return pairs.Length == 0 ? [] : await db.PlaysOf(pairs).ToDictionaryAsync(p => (p.SpeakerId, p.ItemId), cancel);
    }

    async Task Keep(List<PlannedTimetable> plans, CancellationToken cancel)
    {
        var drafts = plans.Select(p => p.Draft).DistinctBy(d => d.Content).ToList();
        foreach (var some in drafts.Chunk(500))
        {
            string[] digests = [.. some.Select(d => d.Content)];
            var known = await db
                .ItemLists.Where(l => digests.Contains(l.Digest))
                .Select(l => l.Digest)
                .ToListAsync(cancel);
            await db.Insert(
                [.. some.ExceptBy(known, d => d.Content).Select(d => ItemList.Of(d.Content, d.Items, now))],
                cancel
            );
        }
    }

    static DesiredTimetable Row(PlannedTimetable plan) =>
        new()
        {
            SpeakerId = plan.Speaker.Id,
            Version = plan.Whole.Version,
            Changes = plan.Changes,
            Content = plan.Draft.Content,
            MadeAt = plan.Whole.At,
            To = plan.Whole.To,
            Room = plan.Draft.Room,
        };

    /// <summary>Keeps the releases that the timetables name.</summary>
    public async Task<bool> Hold(IReadOnlyList<PlannedTimetable> plans, CancellationToken cancel)
    {
        var named = plans
            .Select(p => p.Draft)
            .Distinct()
            .SelectMany(d => d.Entries)
            .Select(e => e.Bulletin)
            .DistinctBy(b => b.ReleaseDigest)
            .ToList();
        string[] digests = [.. named.Select(b => b.ReleaseDigest)];
        var known = await db.Releases.Where(r => digests.Contains(r.Digest)).ToDictionaryAsync(r => r.Digest, cancel);
        foreach (var bulletin in named)
            if (known.TryGetValue(bulletin.ReleaseDigest, out var release))
                release.Delegations = string.Join(' ', bulletin.Delegations);
            else
                db.Add(HeldRelease.Of(bulletin, now));
        return true;
    }

    void Promise(PlannedTimetable plan, ItemChange difference, Dictionary<(Guid, Guid), Play> plays)
    {
        var speaker = plan.Speaker;
        var other = difference.Other.Select(item => item.Id).ToHashSet();
        foreach (var entry in plan.Draft.Entries.Where(e => other.Contains(e.Id)))
        {
            if (!plays.TryGetValue((speaker.Id, entry.Id), out var play))
            {
                play = New(entry, speaker);
                promised.Add(play);
                changed.Add(play.BroadcastId);
                continue;
            }
            // Told and heard before a crash, and so known only by its record: that is how it went.
            if (play.Decided)
                continue;
            (play.Start, play.OverAt) = (entry.Start, PlannedTimetable.OverAt(entry));
            if (play.Reason == PlayReasons.Withdrawn)
                Turn(play, PlayStage.Waiting, null);
        }
        // In the timetable no more; if it was played after all, the record will say so.
        foreach (var item in difference.Gone)
            if (plays.TryGetValue((speaker.Id, item), out var play) && !play.IsOver && play.OverAt > now)
                Turn(play, PlayStage.Stopped, PlayReasons.Withdrawn);
    }

    void Turn(Play play, PlayStage stage, string? reason)
    {
        (play.Stage, play.Reason, play.At) = (stage, reason, now);
        changed.Add(play.BroadcastId);
    }

    static Play New(TimetableEntry entry, PlacedSpeaker speaker) =>
        new()
        {
            SpeakerId = speaker.Id,
            ItemId = entry.Id,
            BroadcastId = entry.BroadcastId,
            Title = entry.Bulletin.Title,
            Start = entry.Start,
            OverAt = PlannedTimetable.OverAt(entry),
        };
}
