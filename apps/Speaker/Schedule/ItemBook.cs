using Loa.Air;
using Loa.Speaker.Link;
using Loa.Speaker.Records;
using Loa.Speaker.Store;

namespace Loa.Speaker.Schedule;

/// <summary>Writes down each item's beginning and end, the end together with its record, so that no play is told twice or never.</summary>
sealed class ItemBook(Notebook notes, RecordBook records, Outbox outbox, Guid speaker, TimeProvider clock, EventLog log)
{
    // Longer than any timetable reaches back.
    static readonly TimeSpan memory = TimeSpan.FromDays(8);

    public ItemNote Find(TimetableItem item) =>
        notes.Value(Notes.Item(item.Id), NoteJson.Default.ItemNote) ?? ItemNote.Of(item, clock.GetUtcNow());

    public bool Knows(Guid item) => notes.Text(Notes.Item(item)) is not null;

    /// <summary>Before the first sample: after a power cut it is known that the item was sounding.</summary>
    public void Begin(Entry entry, DateTimeOffset since)
    {
        var note = entry.Note with { Tries = entry.Note.Tries + 1, Since = since, Changed = clock.GetUtcNow() };
        notes.Commit(new Changes().Put(Notes.Item(note.Item), note, NoteJson.Default.ItemNote));
        entry.Note = note;
        outbox.Progress(entry.Item, ItemProgress.Playing);
        outbox.StateChanged();
        log.Tell(
            "playing",
            ("item", note.Item),
            ("try", note.Tries),
            ("title", entry.Release.Title),
            ("late_ms", (long)(since - entry.Item.Start).TotalMilliseconds)
        );
    }

    public void End(Entry entry, PlayOutcome outcome, string? reason, DateTimeOffset start, DateTimeOffset end)
    {
        var closed = outcome != PlayOutcome.Interrupted || !StopReason.MayGoOn(reason!);
        entry.Note = Write(entry.Note, closed, outcome, reason, start, end);
        outbox.StateChanged();
    }

    public void Refuse(TimetableItem item, ItemNote note, string reason)
    {
        Write(note, closed: true, PlayOutcome.Refused, reason);
        outbox.Progress(item, ItemProgress.Refused, reason);
    }

    /// <summary>Its time is over. Whatever sounded of it has its own record already.</summary>
    public void Miss(Entry entry)
    {
        if (entry.Note.Tries == 0)
        {
            Write(entry.Note, closed: true, PlayOutcome.Missed, entry.Obstacle ?? StopReason.Late);
            return;
        }
        var note = entry.Note with { Closed = true, Changed = clock.GetUtcNow() };
        notes.Commit(new Changes().Put(Notes.Item(note.Item), note, NoteJson.Default.ItemNote));
    }

    /// <summary>After a power cut: what was sounding then was interrupted, at a moment that nobody saw.</summary>
    public void CloseInterrupted()
    {
        foreach (var key in notes.Keys("item/"))
        {
            if (notes.Value(key, NoteJson.Default.ItemNote) is { Since: { } since } note)
                Write(note, closed: false, PlayOutcome.Interrupted, StopReason.Power, since);
        }
    }

    /// <summary>Forgets items that no timetable can name any more.</summary>
    public void Forget(IReadOnlySet<Guid> current)
    {
        var before = clock.GetUtcNow() - memory;
        var changes = new Changes();
        foreach (var key in notes.Keys("item/"))
        {
            var note = notes.Value(key, NoteJson.Default.ItemNote)!;
            if (note.Changed < before && !current.Contains(note.Item))
                changes.Forget(key);
        }
        notes.Commit(changes);
    }

    ItemNote Write(
        ItemNote note,
        bool closed,
        PlayOutcome outcome,
        string? reason,
        DateTimeOffset? start = null,
        DateTimeOffset? end = null
    )
    {
        var now = clock.GetUtcNow();
        var after = note with { Since = null, Closed = closed, Changed = now };
        records.Write(
            note.Record(speaker, now, outcome, reason, start, end),
            new Changes().Put(Notes.Item(note.Item), after, NoteJson.Default.ItemNote)
        );
        log.Tell("recorded", ("item", note.Item), ("outcome", outcome), ("reason", reason));
        return after;
    }
}
