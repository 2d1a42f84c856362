using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Records;

/// <summary>What this speaker did, in its own hand: each record signed, tied to the one before, and kept until the server has it.</summary>
sealed class RecordStore
{
    // A liar who feeds a speaker bad documents must not fill its disk; plays are always recorded.
    const int MostRefusals = 2_000;

    readonly Lock gate = new();
    readonly Journal journal;
    readonly Wakeup changed;
    readonly TimeProvider clock;
    readonly RecentTexts told = new(64);
    readonly Resending resending;
    SigningKey key;
    Guid speaker;
    RecordHead head;
    long first;

    public RecordStore(Journal journal, SigningKey key, Guid speaker, Wakeup changed, TimeProvider clock)
    {
        (this.journal, this.key, this.speaker, this.changed, this.clock) = (journal, key, speaker, changed, clock);
        resending = new Resending(clock);
        var stored = journal.Value(JournalKeys.RecordHead, RecordJson.Default.RecordHeadNote);
        head = stored is null ? RecordHead.Start : new RecordHead(stored.Seq, stored.Hash);
        first = head.Seq + 1 - journal.Keys("record/").Count;
    }

    public long Last
    {
        get
        {
            lock (gate)
                return head.Seq;
        }
    }

    /// <summary>Writes a record together with what else changes by it.</summary>
    public void Write(AirRecord record, WriteBatch changes)
    {
        lock (gate)
        {
            if (record.Speaker != speaker)
            {
                // Of the place that was just left: nobody would take it.
                journal.Commit(changes);
                return;
            }
            var compact = RecordChain.Append(head, record, key, out var next);
            journal.Commit(
                changes
                    .Put(JournalKeys.Record(next.Seq), compact)
                    .Put(
                        JournalKeys.RecordHead,
                        new RecordHeadNote(next.Seq, next.Hash),
                        RecordJson.Default.RecordHeadNote
                    )
            );
            head = next;
        }
        changed.Raise();
    }

    /// <summary>Writes down how far a ledger of the server has come, once: it cannot say otherwise later.</summary>
    public void Note(NotedHead ledger)
    {
        var last = $"{ledger.Module} {ledger.Number} {ledger.Hash}";
        if (journal.Text(JournalKeys.LedgerHead) != last)
            Write(
                AirRecord.Noted(speaker, clock.GetUtcNow(), ledger),
                new WriteBatch().Put(JournalKeys.LedgerHead, last)
            );
    }

    /// <summary>Records a refused document, once however often it is sent again.</summary>
    public void Refuse(RefusalSubject subject, string reason, string document)
    {
        lock (gate)
        {
            if (head.Seq - first >= MostRefusals || !told.Add($"{reason} {Jws.Digest(document)}"))
                return;
        }
        Write(AirRecord.Refused(speaker, clock.GetUtcNow(), subject, reason), new WriteBatch());
    }

    /// <summary>The records after a number, in order, that the server does not have yet.</summary>
    public IReadOnlyList<KeyValuePair<long, string>> After(long seq, int most)
    {
        lock (gate)
        {
            var list = new List<KeyValuePair<long, string>>();
            for (var next = Math.Max(seq + 1, first); next <= head.Seq && list.Count < most; next++)
                list.Add(new(next, journal.Text(JournalKeys.Record(next))!));
            return list;
        }
    }

    /// <summary>Whether the records that are held are ours and follow one another.</summary>
    public bool IsIntact()
    {
        lock (gate)
        {
            if (first > head.Seq)
                return true;
            if (!AirRecord.TryRead(journal.Text(JournalKeys.Record(first)), out var oldest, out _))
                return false;
            var at = new RecordHead(first - 1, oldest.Document.Prev);
            for (var seq = first; seq <= head.Seq; seq++)
            {
                // Older software signed with either s.
                var text = journal.Text(JournalKeys.Record(seq));
                RecordChain.Verify(at, text, speaker, key.Public, out var link, out at, orTwin: true);
                if (link != RecordLink.Next)
                    return false;
            }
            return at == head;
        }
    }

    /// <summary>Lets go of all up to the acknowledged record, if the server means the same record.</summary>
    /// <param name="isFresh">Said on this very connection: only then it may lead back, for an older word was true once.</param>
    /// <returns>What was amiss.</returns>
    public string? Acknowledge(Acknowledgement ack, bool isFresh)
    {
        lock (gate)
        {
            var refused = ack.Refused is { } found && found.Seq > ack.Seq ? found : null;
            if (Meets(ack))
            {
                LetGo(ack.Seq);
                if (refused is null)
                    return null;
                if (!isFresh)
                    return "strange-ack";
                // What came before it did not arrive, or it is only too soon for it; else it is itself what was refused.
                if (refused.Seq > ack.Seq + 1 || refused.Reason == RecordChain.Flood)
                    resending.Want(ack.Seq);
                else
                    SignAnew(ack);
                return "record-refused";
            }
            // Said twice, or long ago.
            if (!isFresh)
                return ack.Seq < first - 1 ? null : "strange-ack";
            SignAnew(ack);
            return "record-chain-anew";
        }
    }

    /// <summary>Another key signs from now on, beginning with record 1; what the server does not have goes along, unless the place is another.</summary>
    /// <param name="changes">What else changes by it.</param>
    public void Move(SigningKey to, Guid place, WriteBatch changes)
    {
        lock (gate)
        {
            var held = place == speaker ? Held() : [];
            if (place != speaker)
                LeaveBehind(changes);
            (key, speaker) = (to, place);
            Chain(RecordHead.Start, held, changes);
        }
    }

    /// <summary>From which record on all is to be sent again; null when nothing is, or not yet.</summary>
    public long? SendAgain()
    {
        lock (gate)
            return resending.Take();
    }

    // The record that the server names, or the one before the oldest that is held.
    bool Meets(Acknowledgement ack)
    {
        if (ack.Seq == first - 1)
            return ack.Hash == Before();
        return ack.Seq >= first
            && ack.Seq <= head.Seq
            && Jws.IsNamed(journal.Text(JournalKeys.Record(ack.Seq))!, ack.Hash);
    }

    string Before() =>
        first > head.Seq ? head.Hash
        : AirRecord.TryRead(journal.Text(JournalKeys.Record(first)), out var oldest, out _) ? oldest.Document.Prev
        : "";

    void LetGo(long seq)
    {
        if (seq < first)
            return;
        var changes = new WriteBatch();
        for (var gone = first; gone <= seq; gone++)
            changes.Forget(JournalKeys.Record(gone));
        journal.Commit(changes);
        first = seq + 1;
        resending.Reset();
    }

    /// <summary>What is not acknowledged follows on what the server holds: the server lost some, or this speaker did, or somebody came between.</summary>
    void SignAnew(Acknowledgement ack)
    {
        Chain(new RecordHead(ack.Seq, ack.Hash), Held(), new WriteBatch());
        resending.Want(ack.Seq);
        changed.Raise();
    }

    List<AirRecord> Held()
    {
        var held = new List<AirRecord>();
        for (var seq = first; seq <= head.Seq; seq++)
            if (AirRecord.TryRead(journal.Text(JournalKeys.Record(seq)), out var read, out _))
                held.Add(read.Document);
        return held;
    }

    void Chain(RecordHead start, List<AirRecord> held, WriteBatch changes)
    {
        for (var seq = first; seq <= head.Seq; seq++)
            changes.Forget(JournalKeys.Record(seq));
        var next = start;
        foreach (var record in held)
        {
            var compact = RecordChain.Append(next, record, key, out next);
            changes.Put(JournalKeys.Record(next.Seq), compact);
        }
        journal.Commit(
            changes.Put(
                JournalKeys.RecordHead,
                new RecordHeadNote(next.Seq, next.Hash),
                RecordJson.Default.RecordHeadNote
            )
        );
        (head, first) = (next, start.Seq + 1);
    }

    // Ordered for the old place.
    void LeaveBehind(WriteBatch changes)
    {
        changes.Forget(JournalKeys.Timetable).Forget(JournalKeys.TimetableVersion);
        foreach (var noted in journal.Keys("item/").Concat(journal.Keys("order/")))
            changes.Forget(noted);
    }
}
