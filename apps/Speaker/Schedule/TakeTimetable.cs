using System.Diagnostics.CodeAnalysis;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Link;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>A timetable comes over the air: it is believed, kept and put in force, or refused with a record.</summary>
sealed class TakeTimetable(
    Notebook notes,
    Guard guard,
    Programme programme,
    ItemBook book,
    RecordBook records,
    Outbox outbox,
    TimeProvider clock,
    EventLog log
)
{
    // For the live view; the record is the proof.
    const int MostTold = 16;

    TimetableMessage? held;

    public long Version { get; private set; }

    /// <summary>Where media are fetched, if the server said so.</summary>
    public string? Media => Volatile.Read(ref held)?.Media;

    /// <summary>After a restart: what was in force is in force again, if it may still be believed.</summary>
    public void Restore()
    {
        Version = long.TryParse(notes.Text(Notes.TimetableVersion), out var version) ? version : 0;
        held = notes.Value(Notes.Timetable, AirJson.Default.TimetableMessage);
        Reconsider();
        // What passed while the speaker was off passed for that reason.
        foreach (var entry in programme.Open.Where(entry => clock.GetUtcNow() >= entry.End))
            entry.Obstacle = StopReason.Power;
    }

    public void Run(TimetableMessage message)
    {
        guard.Learn(message.Delegations);
        if (message.Timetable == held?.Timetable)
        {
            Reconsider();
            return;
        }
        var verdict = guard.Timetable(message.Timetable, Version);
        if (!verdict.Ok)
        {
            Refuse(message.Timetable, verdict.Reason);
            return;
        }
        notes.Commit(
            new Changes()
                .Put(Notes.Timetable, message, AirJson.Default.TimetableMessage)
                .Put(Notes.TimetableVersion, $"{verdict.Document.Version}")
        );
        Version = verdict.Document.Version;
        Volatile.Write(ref held, message);
        log.Tell("timetable", ("version", Version), ("items", verdict.Document.Items.Count));
        Adopt(verdict.Document, message.Releases);
        outbox.StateChanged();
    }

    /// <summary>Asks again whether what is in force may be believed: the place, or the list of revocations, has changed.</summary>
    public void Reconsider()
    {
        if (held is null)
            return;
        var verdict = guard.Timetable(held.Timetable, null);
        if (verdict.Ok)
        {
            Adopt(verdict.Document, held.Releases);
            return;
        }
        Refuse(held.Timetable, verdict.Reason);
        programme.Replace([]);
    }

    void Adopt(Timetable timetable, IReadOnlyList<string> releases)
    {
        var texts = releases.GroupBy(Jws.Digest).ToDictionary(same => same.Key, same => same.First());
        var open = programme.Open.ToDictionary(entry => entry.Item);
        var entries = new List<Entry>();
        foreach (var item in timetable.Items)
        {
            if (TryOpen(item, texts.GetValueOrDefault(item.Release), open.GetValueOrDefault(item), out var entry))
                entries.Add(entry);
        }
        programme.Replace(entries, timetable.Volumes, Fillers(timetable, texts));
        book.Forget(timetable.Items.Select(item => item.Id).ToHashSet());
    }

    bool TryOpen(TimetableItem item, string? release, Entry? known, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        var note = known?.Note ?? book.Find(item);
        if (note.Closed)
            return false;
        var now = clock.GetUtcNow();
        var verdict = guard.Item(item, release, item.Start > now ? item.Start : now);
        if (!verdict.Ok)
        {
            // What sounds is stopped and gets its record from whoever lets it sound.
            if (known is null || !programme.StopIf(known, verdict.Reason))
                book.Refuse(item, note, verdict.Reason);
            return false;
        }
        entry = known ?? new Entry(item, verdict.Signed, With(note, item, verdict.Document), now);
        if (known is null)
            outbox.Progress(item, ItemProgress.Delivered);
        return true;
    }

    // Named by their digest, so that one that stays in force stays the same.
    List<Entry> Fillers(Timetable timetable, Dictionary<string, string> texts)
    {
        var known = programme.Fillers.ToDictionary(entry => entry.Item.Release);
        var fillers = new List<Entry>();
        foreach (var digest in timetable.Filler ?? [])
        {
            if (known.TryGetValue(digest, out var held))
                fillers.Add(held);
            else if (Release.TryRead(texts.GetValueOrDefault(digest), out var read, out _))
                fillers.Add(Filler(timetable, digest, read));
        }
        return fillers;
    }

    Entry Filler(Timetable timetable, string digest, Signed<Release> release)
    {
        var item = new TimetableItem(
            Guid.ParseExact(digest[..32], "N"),
            Guid.Empty,
            digest,
            release.Document.Class,
            timetable.To,
            timetable.To
        );
        return new Entry(item, release, ItemNote.Of(item, clock.GetUtcNow()), clock.GetUtcNow(), isFiller: true);
    }

    static ItemNote With(ItemNote note, TimetableItem item, Release release) =>
        note with
        {
            Planned = item.Start,
            Bulletin = release.Bulletin,
            Digest = release.Digest,
        };

    void Refuse(string timetable, string reason)
    {
        log.Tell("timetable-refused", ("reason", reason));
        records.Refuse(RefusalSubject.Timetable, reason, timetable);
        if (!Timetable.TryRead(timetable, out var read, out _))
            return;
        foreach (var item in read.Document.Items.Where(item => !book.Knows(item.Id)).Take(MostTold))
            outbox.Progress(item, ItemProgress.Refused, reason);
    }
}
