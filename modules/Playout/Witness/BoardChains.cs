using Loa.Air;
using Loa.Jose;
using Loa.Kernel;
using Loa.Playout.AsRun;

namespace Loa.Playout.Witness;

/// <summary>Follows the records of all boards, those of one board in their order, and tells what does not hold.</summary>
sealed class BoardChains(IReadOnlyDictionary<string, PublicKey> keys)
{
    // One sentence for each board would hide the ledger's own.
    const int MostTold = 20;

    readonly Dictionary<(Guid Speaker, string Kid), Signed<AirRecord>> last = [];
    readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    public void Follow(StoredRecord record)
    {
        if (!AirRecord.TryRead(record.Jws, out var read, out var refusal))
            Tell(record.SpeakerId, record.Seq, refusal);
        else if (
            read.KeyId != record.Kid
            || read.Document.Seq != record.Seq
            || read.Document.Speaker != record.SpeakerId
        )
            Tell(record.SpeakerId, record.Seq, Refusal.KeyUnknown);
        else
            Follow(read);
    }

    /// <summary>One that stands in no row.</summary>
    public void Follow(string jws)
    {
        if (AirRecord.TryRead(jws, out var read, out var refusal))
            Follow(read);
        else
            Tell(Guid.Empty, 0, refusal);
    }

    /// <param name="ends">The last record of each board in use that the server acknowledged.</param>
    public void EndAt(Dictionary<(Guid, string), RecordHead> ends)
    {
        foreach (var (board, record) in last)
        {
            if (!IsSigned(record))
                Tell(board.Speaker, record.Document.Seq, Refusal.JwsSignature);
            if (
                ends.Remove(board, out var end)
                && (end.Seq != record.Document.Seq || !Jws.IsNamed(record.Compact, end.Hash))
            )
                Tell(board.Speaker, end.Seq, "record.gap");
        }
        // A board whose every record is gone.
        foreach (var ((speaker, _), end) in ends)
            Tell(speaker, end.Seq, "record.gap");
    }

    void Follow(Signed<AirRecord> read)
    {
        var record = read.Document;
        var board = (record.Speaker, read.KeyId);
        var before = last.GetValueOrDefault(board);
        if (before is not null && record.Seq <= before.Document.Seq)
        {
            // Killed after it was archived, the server had no time to take it away.
            if (!IsSigned(read))
                Tell(record.Speaker, record.Seq, Refusal.JwsSignature);
            return;
        }
        if (record.Seq != (before?.Document.Seq ?? 0) + 1)
            Tell(record.Speaker, record.Seq, "record.gap");
        else if (before is not null && !Jws.IsNamed(before.Compact, record.Prev))
            Tell(record.Speaker, record.Seq, "record.broken");
        last[board] = read;
    }

    // A speaker of 1 signed with either s.
    bool IsSigned(Signed<AirRecord> record) =>
        keys.TryGetValue(record.KeyId, out var key) && record.IsSignedBy(key, orTwin: true);

    void Tell(Guid speaker, long seq, string reason)
    {
        if (faults.Count < MostTold)
            faults.Add(Words.Get("ledger.record-broken", speaker, seq, Reasons.Of(reason)));
    }
}
