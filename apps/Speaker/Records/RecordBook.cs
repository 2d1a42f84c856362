using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Records;

/// <summary>What this speaker did, in its own hand: each record signed, tied to the one before, and kept until the server has it.</summary>
sealed class RecordBook
{
    // A liar who feeds a speaker bad documents must not fill its disk; plays are always recorded.
    const int MostRefusals = 2_000;

    readonly Lock gate = new();
    readonly Notebook notes;
    readonly SigningKey key;
    readonly Signal changed;
    readonly TimeProvider clock;
    readonly Guid speaker;
    readonly RecentTexts told = new(64);
    RecordHead head;
    long first;

    public RecordBook(Notebook notes, SigningKey key, Guid speaker, Signal changed, TimeProvider clock)
    {
        (this.notes, this.key, this.speaker, this.changed, this.clock) = (notes, key, speaker, changed, clock);
        var stored = notes.Value(Notes.RecordHead, NoteJson.Default.RecordHeadNote);
        head = stored is null ? RecordHead.Start : new RecordHead(stored.Seq, stored.Hash);
        first = head.Seq + 1 - notes.Keys("record/").Count;
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
    public void Write(AirRecord record, Changes changes)
    {
        lock (gate)
        {
            var compact = RecordChain.Append(head, record, key, out var next);
            notes.Commit(
                changes
                    .Put(Notes.Record(next.Seq), compact)
                    .Put(Notes.RecordHead, new RecordHeadNote(next.Seq, next.Hash), NoteJson.Default.RecordHeadNote)
            );
            head = next;
        }
        changed.Raise();
    }

    /// <summary>Records a refused document, once however often it is sent again.</summary>
    public void Refuse(RefusalSubject subject, string reason, string document)
    {
        lock (gate)
        {
            if (head.Seq - first >= MostRefusals || !told.Add($"{reason} {Jws.Digest(document)}"))
                return;
        }
        Write(AirRecord.Refused(speaker, clock.GetUtcNow(), subject, reason), new Changes());
    }

    /// <summary>The records after a number, in order, that the server does not have yet.</summary>
    public IReadOnlyList<KeyValuePair<long, string>> After(long seq, int most)
    {
        lock (gate)
        {
            var list = new List<KeyValuePair<long, string>>();
            for (var next = Math.Max(seq + 1, first); next <= head.Seq && list.Count < most; next++)
                list.Add(new(next, notes.Text(Notes.Record(next))!));
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
            if (!AirRecord.TryRead(notes.Text(Notes.Record(first)), out var oldest, out _))
                return false;
            var at = new RecordHead(first - 1, oldest.Document.Prev);
            for (var seq = first; seq <= head.Seq; seq++)
            {
                // Older software signed with either s.
                var text = notes.Text(Notes.Record(seq));
                RecordChain.Verify(at, text, speaker, key.Public, out var link, out at, orTwin: true);
                if (link != RecordLink.Next)
                    return false;
            }
            return at == head;
        }
    }

    /// <summary>Lets go of all up to the acknowledged record, if the server means the same record.</summary>
    /// <returns>False when the server speaks of another chain than this one.</returns>
    public bool Acknowledge(AckMessage ack)
    {
        lock (gate)
        {
            if (ack.Seq < first)
                return true;
            if (ack.Seq > head.Seq || Jws.Digest(notes.Text(Notes.Record(ack.Seq))!) != ack.Hash)
                return false;
            var changes = new Changes();
            for (var seq = first; seq <= ack.Seq; seq++)
                changes.Forget(Notes.Record(seq));
            notes.Commit(changes);
            first = ack.Seq + 1;
            return true;
        }
    }
}
