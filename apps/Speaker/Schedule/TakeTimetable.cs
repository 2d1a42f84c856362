using System.Diagnostics.CodeAnalysis;
using Loa.Air;
using Loa.Speaker.Link;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>A timetable, or a change of it, comes over the air: it is believed, kept and put in force, or refused with a record.</summary>
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

    readonly HeldTimetable held = new(notes);
    string? unbased;
    volatile Timetable? inForce;

    /// <summary>What the server is told: the version held, or 0 when only a whole timetable helps.</summary>
    public long Version => unbased is null ? held.Version : 0;

    /// <summary>Where media are fetched, if the server said so.</summary>
    public string? Media => held.Media;

    /// <summary>All changes joined; null when nothing that is held may be believed.</summary>
    public Timetable? InForce => inForce;

    /// <summary>After a restart: what was in force is in force again, if it may still be believed.</summary>
    public void Restore()
    {
        held.Restore();
        Reconsider();
        // What passed while the speaker was off passed for that reason.
        foreach (var entry in programme.Open.Where(entry => clock.GetUtcNow() >= entry.End))
            entry.Obstacle = StopReason.Power;
    }

    public void Run(TimetableMessage message)
    {
        guard.Learn(message.Delegations);
        if (held.Has(message.Timetable))
        {
            Reconsider();
            return;
        }
        var verdict = guard.Timetable(message.Timetable, held.Version);
        if (verdict.Reason == Refusal.TimetableBase)
        {
            WantWhole(message.Timetable);
            return;
        }
        if (!verdict.Ok)
        {
            Refuse(message.Timetable, verdict.Reason);
            return;
        }
        var change = verdict.Document;
        if (change.Base is null)
            Take(message, change, change);
        else if (inForce?.With(change) is { Items.Count: <= Timetable.MostItems } joined && MayGrow())
            Take(message, change, joined);
        else
            WantWhole(message.Timetable);
    }

    /// <summary>Asks again whether what is in force may be believed: the place, or the list of revocations, has changed.</summary>
    public void Reconsider()
    {
        Timetable? joined = null;
        foreach (var part in held.Parts)
        {
            var verdict = guard.Timetable(part.Timetable, null);
            if (!verdict.Ok)
            {
                inForce = null;
                Refuse(part.Timetable, verdict.Reason);
                programme.Replace([]);
                return;
            }
            joined = joined?.With(verdict.Document) ?? verdict.Document;
        }
        if (joined is not null)
            Adopt(joined);
    }

    bool MayGrow() => held.Parts.Count <= HeldTimetable.MostChanges;

    void Take(TimetableMessage message, Timetable came, Timetable joined)
    {
        held.Keep(message, came);
        unbased = null;
        log.Tell("timetable", ("version", held.Version), ("base", came.Base), ("items", joined.Items.Count));
        Adopt(joined);
        outbox.StateChanged();
    }

    // Once for each change that hangs in the air, so that a server that does not understand is not asked for ever.
    void WantWhole(string timetable)
    {
        log.Tell("timetable-unbased", ("held", held.Version));
        if (unbased == timetable)
            return;
        unbased = timetable;
        outbox.StateChanged();
    }

    void Adopt(Timetable timetable)
    {
        var texts = held.Releases();
        var open = programme.Open.ToDictionary(entry => entry.Item);
        var entries = new List<Entry>();
        foreach (var item in timetable.Items)
        {
            if (TryOpen(item, texts.GetValueOrDefault(item.Release), open.GetValueOrDefault(item), out var entry))
                entries.Add(entry);
        }
        inForce = timetable;
        programme.Replace(entries, timetable.Volumes, [.. Fillers(timetable, texts)]);
        book.Forget(timetable.Items.Select(item => item.Id).ToHashSet());
    }

    // Named by their digest, so that one that stays in force stays the same.
    IEnumerable<Entry> Fillers(Timetable timetable, Dictionary<string, string> texts)
    {
        var known = programme.Fillers.ToDictionary(entry => entry.Item.Release);
        foreach (var digest in (timetable.Filler ?? []).Distinct())
        {
            var verdict = guard.Release(texts.GetValueOrDefault(digest), clock.GetUtcNow());
            if (verdict.Ok)
                yield return known.GetValueOrDefault(digest) ?? Filler(timetable, digest, verdict.Signed!);
            else
                log.Tell("filler-refused", ("digest", digest), ("reason", verdict.Reason));
        }
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
