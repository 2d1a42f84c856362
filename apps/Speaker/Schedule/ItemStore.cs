using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;

namespace Loa.Speaker.Schedule;

/// <summary>Writes down each item's beginning and end, the end together with its record, so that no play is told twice or never.</summary>
sealed class ItemStore(
    Journal journal,
    RecordStore records,
    ReportQueue reports,
    Guid speaker,
    TimeProvider clock,
    EventLog log
)
{
    // Longer than any timetable reaches back.
    static readonly TimeSpan memory = TimeSpan.FromDays(8);

    public ItemNote Find(TimetableItem item) =>
        journal.Value(JournalKeys.Item(item.Id), ItemJson.Default.ItemNote) ?? ItemNote.Of(item, clock.GetUtcNow());

    public bool Knows(Guid item) => journal.Text(JournalKeys.Item(item)) is not null;

    /// <summary>Before the first sample: after a power cut it is known that the item was sounding.</summary>
    public void Begin(Entry entry, DateTimeOffset since)
    {
        var note = entry.Note with { Tries = entry.Note.Tries + 1, Since = since, Changed = clock.GetUtcNow() };
        journal.Commit(new WriteBatch().Put(JournalKeys.Item(note.Item), note, ItemJson.Default.ItemNote));
        entry.Note = note;
        log.Tell(
            "playing",
            ("item", note.Item),
            ("try", note.Tries),
            ("title", entry.Title),
            ("late_ms", (long)(since - entry.Item.Start).TotalMilliseconds)
        );
    }

    /// <summary>Its first sample is on its way: not told sooner, for what is made ready may be withdrawn and leaves no record then.</summary>
    public void Sounds(Entry entry)
    {
        reports.Progress(entry.Item, ItemProgress.Playing);
        reports.StateChanged();
    }

    /// <summary>It was made ready and does not sound after all.</summary>
    public void Withdraw(Entry entry)
    {
        var note = entry.Note with { Tries = entry.Note.Tries - 1, Since = null, Changed = clock.GetUtcNow() };
        journal.Commit(new WriteBatch().Put(JournalKeys.Item(note.Item), note, ItemJson.Default.ItemNote));
        entry.Note = note;
        reports.StateChanged();
    }

    /// <summary>Before something else sounds in its place: after a power cut it does not sound again.</summary>
    public void Instead(Entry entry, Fallback what)
    {
        var note = entry.Note with { Instead = what.ToString(), Changed = clock.GetUtcNow() };
        journal.Commit(new WriteBatch().Put(JournalKeys.Item(note.Item), note, ItemJson.Default.ItemNote));
        entry.Note = note;
    }

    public void End(Entry entry, PlayResult result)
    {
        var note = entry.Note with
        {
            Closed = !result.MayGoOn(entry.Item),
            Heard = entry.Item.Resume ? result.HeardTo : null,
        };
        entry.Note = Write(note, note.Record(speaker, clock.GetUtcNow(), result));
        entry.GoesOnAt = entry.Note.Heard;
        reports.StateChanged();
    }

    /// <summary>It cannot be played on this machine.</summary>
    public void Fail(Entry entry, string reason) => Close(entry.Note, PlayOutcome.Failed, reason);

    public void Refuse(TimetableItem item, ItemNote note, string reason)
    {
        Close(note, PlayOutcome.Refused, reason);
        reports.Progress(item, ItemProgress.Refused, reason);
    }

    /// <summary>Its time is over. Whatever sounded of it has its own record already.</summary>
    public void Miss(Entry entry)
    {
        if (entry.Note.Tries == 0)
        {
            // What can never be good was refused; what did not come, or was held back, was missed.
            var outcome = entry.Stage == Stage.Spoilt ? PlayOutcome.Refused : PlayOutcome.Missed;
            Close(entry.Note, outcome, entry.Obstacle ?? StopReason.Late);
            return;
        }
        var note = entry.Note with { Closed = true, Changed = clock.GetUtcNow() };
        journal.Commit(new WriteBatch().Put(JournalKeys.Item(note.Item), note, ItemJson.Default.ItemNote));
    }

    /// <summary>After a power cut: what was sounding then was interrupted, at a moment that nobody saw.</summary>
    public void CloseInterrupted()
    {
        foreach (var key in journal.Keys("item/"))
        {
            if (journal.Value(key, ItemJson.Default.ItemNote) is { Since: { } since } note)
                Write(
                    note,
                    note.Record(speaker, clock.GetUtcNow(), PlayOutcome.Interrupted, StopReason.Power) with
                    {
                        Start = since,
                        Late = since - note.Planned,
                    }
                );
        }
    }

    /// <summary>Forgets items that no timetable can name any more.</summary>
    public void Forget(IReadOnlySet<Guid> current)
    {
        var before = clock.GetUtcNow() - memory;
        var changes = new WriteBatch();
        foreach (var key in journal.Keys("item/"))
        {
            var note = journal.Value(key, ItemJson.Default.ItemNote)!;
            if (note.Changed < before && !current.Contains(note.Item))
                changes.Forget(key);
        }
        journal.Commit(changes);
    }

    void Close(ItemNote note, PlayOutcome outcome, string reason) =>
        Write(note with { Closed = true }, note.Record(speaker, clock.GetUtcNow(), outcome, reason));

    ItemNote Write(ItemNote note, AirRecord record)
    {
        var after = note with { Since = null, Changed = record.At };
        records.Write(record, new WriteBatch().Put(JournalKeys.Item(note.Item), after, ItemJson.Default.ItemNote));
        log.Tell("recorded", ("item", note.Item), ("outcome", record.Outcome), ("reason", record.Reason));
        return after;
    }
}
