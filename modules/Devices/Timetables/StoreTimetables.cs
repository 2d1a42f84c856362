using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Media;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Timetables;

/// <summary>Stores signed timetables together with the plays they promise and the releases they name.</summary>
sealed class StoreTimetables(DevicesDb db, DateTimeOffset now)
{
    readonly List<SpeakerPlayed> changed = [];
    readonly List<Play> promised = [];

    /// <returns>The plays that are new or withdrawn.</returns>
    public async Task<IReadOnlyList<SpeakerPlayed>> Store(
        IReadOnlyList<PlannedTimetable> plans,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. plans.Select(p => p.Whole.Speaker)];
        var speakers = await db
            .Speakers.AsNoTracking()
            .Where(s => ids.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, cancel);
        var held = await db
            .Timetables.Where(t => ids.Contains(t.SpeakerId))
            .ToDictionaryAsync(t => t.SpeakerId, cancel);
        var open = await db.Plays.Where(p => ids.Contains(p.SpeakerId) && p.OverAt > now).ToListAsync(cancel);
        var plays = open.Concat(await Over(ids, plans, cancel)).ToLookup(p => p.SpeakerId);
        changed.Clear();
        promised.Clear();
        foreach (var plan in plans)
        {
            var speaker = speakers[plan.Whole.Speaker];
            var timetable = held.GetValueOrDefault(speaker.Id);
            // Somebody stored a newer one meanwhile: his stands.
            if (timetable?.Version >= plan.Whole.Version)
                continue;
            if (timetable is null)
                db.Add(timetable = new DesiredTimetable { SpeakerId = speaker.Id });
            Fill(timetable, plan);
            Promise(plan, speaker, plays[speaker.Id].ToDictionary(p => p.ItemId));
        }
        await db.Insert(promised, cancel);
        return [.. changed];
    }

    // Told and heard before a crash, and so known only by the record: it is over, and its item is planned still.
    async Task<List<Play>> Over(Guid[] ids, IReadOnlyList<PlannedTimetable> plans, CancellationToken cancel)
    {
        Guid[] begun = [.. plans.SelectMany(p => p.Entries).Where(e => e.Start <= now).Select(e => e.Id).Distinct()];
        return begun.Length == 0
            ? []
            : await db
                .Plays.Where(p => ids.Contains(p.SpeakerId) && begun.Contains(p.ItemId) && p.OverAt <= now)
                .ToListAsync(cancel);
    }

    static void Fill(DesiredTimetable timetable, PlannedTimetable plan)
    {
        timetable.Version = plan.Whole.Version;
        timetable.Payload = JsonSerializer.Serialize(plan.Whole, Timetable.Shape);
        timetable.Changes = plan.Changes;
        timetable.Releases = string.Join(
            ' ',
            plan.Entries.Select(e => e.Bulletin.ReleaseDigest).Distinct(StringComparer.Ordinal)
        );
        timetable.Content = plan.Content;
        timetable.MadeAt = plan.Whole.At;
        timetable.To = plan.Whole.To;
    }

    /// <summary>Keeps the releases that the timetables name.</summary>
    public async Task<bool> Hold(IReadOnlyList<PlannedTimetable> plans, CancellationToken cancel)
    {
        var named = plans.SelectMany(p => p.Entries).Select(e => e.Bulletin).DistinctBy(b => b.ReleaseDigest).ToList();
        string[] digests = [.. named.Select(b => b.ReleaseDigest)];
        var known = await db.Releases.Where(r => digests.Contains(r.Digest)).ToDictionaryAsync(r => r.Digest, cancel);
        foreach (var bulletin in named)
            if (known.TryGetValue(bulletin.ReleaseDigest, out var release))
                release.Delegations = string.Join(' ', bulletin.Delegations);
            else
                db.Add(HeldRelease.Of(bulletin, now));
        return true;
    }

    void Promise(PlannedTimetable plan, Speaker speaker, Dictionary<Guid, Play> plays)
    {
        foreach (var entry in plan.Entries)
        {
            if (plays.Remove(entry.Id, out var play))
            {
                play.OverAt = PlannedTimetable.OverAt(entry);
                if (play is { Decided: false, Reason: Reasons.Withdrawn })
                    Turn(play, speaker, PlayStage.Waiting, null);
                continue;
            }
            play = New(entry, speaker);
            promised.Add(play);
            changed.Add(new(play, speaker));
        }
        // What is left is in the timetable no more; if it was played after all, the record will say so.
        foreach (var play in plays.Values.Where(p => !p.IsOver))
            Turn(play, speaker, PlayStage.Failed, Reasons.Withdrawn);
    }

    void Turn(Play play, Speaker speaker, PlayStage stage, string? reason)
    {
        (play.Stage, play.Reason, play.At) = (stage, reason, now);
        changed.Add(new(play, speaker));
    }

    static Play New(TimetableEntry entry, Speaker speaker) =>
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
