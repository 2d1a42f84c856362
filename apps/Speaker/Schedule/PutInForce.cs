using System.Diagnostics.CodeAnalysis;
using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>Makes what is to sound out of a timetable that was believed: each item with a release that lets it sound, or a record of why not.</summary>
sealed class PutInForce(
    Guard guard,
    HeldTimetable held,
    PlayQueue queue,
    ItemStore items,
    ReportQueue reports,
    TimeProvider clock,
    EventLog log
)
{
    public void Run(Timetable timetable)
    {
        var texts = held.Releases();
        var open = queue.Open.ToDictionary(entry => entry.Item);
        var entries = new List<Entry>();
        foreach (var item in timetable.Items)
        {
            if (TryOpen(item, texts.GetValueOrDefault(item.Release), open.GetValueOrDefault(item), out var entry))
                entries.Add(entry);
        }
        queue.Replace(entries, timetable.Volumes, [.. Fillers(timetable, texts)]);
        items.Forget(timetable.Items.Select(item => item.Id).ToHashSet());
    }

    /// <summary>Nothing that is held may be believed any more.</summary>
    public void Nothing() => queue.Replace([]);

    /// <summary>After a start: what passed while the speaker was off passed for that reason.</summary>
    public void NotePassed()
    {
        foreach (var entry in queue.Open.Where(entry => clock.GetUtcNow() >= entry.End))
            entry.Obstacle = StopReason.Power;
    }

    // Named by their digest, so that one that stays in force stays the same.
    IEnumerable<RecordedEntry> Fillers(Timetable timetable, Dictionary<string, string> texts)
    {
        var known = queue.Fillers.ToDictionary(entry => entry.Item.Release);
        foreach (var digest in (timetable.Filler ?? []).Distinct())
        {
            var verdict = guard.Release(texts.GetValueOrDefault(digest), clock.GetUtcNow());
            if (verdict.Ok)
                yield return known.GetValueOrDefault(digest) ?? Filler(timetable, digest, verdict.Signed!);
            else
                log.Tell("filler-refused", ("digest", digest), ("reason", verdict.Reason));
        }
    }

    RecordedEntry Filler(Timetable timetable, string digest, Signed<Release> release)
    {
        var item = new TimetableItem(
            Guid.ParseExact(digest[..32], "N"),
            Guid.Empty,
            digest,
            release.Document.Class,
            timetable.To,
            timetable.To
        );
        return new RecordedEntry(
            item,
            release,
            ItemNote.Of(item, clock.GetUtcNow()),
            clock.GetUtcNow(),
            isFiller: true
        );
    }

    bool TryOpen(TimetableItem item, string? text, Entry? known, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        var note = known?.Note ?? items.Find(item);
        if (note.Closed)
            return false;
        var now = clock.GetUtcNow();
        var opened = Judge(item, text, note, now, out var reason);
        if (opened is null)
        {
            // What sounds is stopped and gets its record from whoever lets it sound.
            if (known is null || !queue.StopIf(known, reason!))
                items.Refuse(item, note, reason!);
            return false;
        }
        entry = known ?? opened;
        if (known is null)
            reports.Progress(item, ItemProgress.Delivered);
        return true;
    }

    /// <returns>Null, and the reason, when it may not be heard.</returns>
    Entry? Judge(TimetableItem item, string? text, ItemNote note, DateTimeOffset now, out string? reason)
    {
        var moment = item.Start > now ? item.Start : now;
        note = note with { Planned = item.Start };
        if (item.Sounds(AirContent.Relay) || item.Sounds(AirContent.Live))
        {
            var stream = guard.Stream(item, text, moment);
            reason = stream.Reason;
            return stream.Ok ? new StreamedEntry(item, stream.Signed, note, now) : null;
        }
        var release = guard.Item(item, text, moment);
        reason = release.Reason;
        return release.Ok ? new RecordedEntry(item, release.Signed, With(note, release.Document), now) : null;
    }

    static ItemNote With(ItemNote note, Release release) =>
        note with
        {
            Bulletin = release.Bulletin,
            Digest = release.Digest,
        };
}
