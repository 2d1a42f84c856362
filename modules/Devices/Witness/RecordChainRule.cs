using Loa.Air;
using Loa.Cases;
using Loa.Devices.Data;
using Loa.Devices.Plays;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Witness;

/// <summary>
/// The records of every board follow one on the other without a gap up to the one that the server last acknowledged: what a
/// speaker wrote down of the ledger cannot be taken out of them unseen.
/// </summary>
/// <remarks>Each record names the one before, so the signature of the last one is over all of them.</remarks>
sealed class RecordChainRule : ILedgerRule
{
    // One sentence for each board would hide the ledger's own.
    const int MostTold = 20;

    public Type Db => typeof(DevicesDb);

    public async Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel)
    {
        var devices = (DevicesDb)db;
        var ends = await devices
            .Speakers.AsNoTracking()
            .Where(s => s.Kid != null && s.RecordSeq > 0)
            .Select(s => new
            {
                s.Id,
                s.Kid,
                s.RecordSeq,
                s.RecordHash,
            })
            .ToDictionaryAsync(s => (s.Id, s.Kid!), s => new RecordHead(s.RecordSeq, s.RecordHash), cancel);
        var keys = await BoardKeys.Read(devices, cancel);
        var faults = new List<string>();
        StoredRecord? before = null;
        await foreach (
            var record in devices
                .Records.AsNoTracking()
                .OrderBy(r => r.SpeakerId)
                .ThenBy(r => r.Kid)
                .ThenBy(r => r.Seq)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            var follows = before?.SpeakerId == record.SpeakerId && before.Kid == record.Kid;
            if (before is not null && !follows)
                EndsAt(before);
            if (Fault(follows ? before : null, record) is { } reason)
                Tell(record.SpeakerId, record.Seq, reason);
            before = record;
        }
        if (before is not null)
            EndsAt(before);
        // A board whose every record is gone.
        foreach (var (board, end) in ends)
            Tell(board.Id, end.Seq, "record.gap");
        return faults;

        void EndsAt(StoredRecord last)
        {
            if (!IsSigned(last, keys))
                Tell(last.SpeakerId, last.Seq, Refusal.JwsSignature);
            if (!ends.Remove((last.SpeakerId, last.Kid), out var end))
                return;
            if (end.Seq != last.Seq || !Jws.IsNamed(last.Jws, end.Hash))
                Tell(last.SpeakerId, end.Seq, "record.gap");
        }

        void Tell(Guid speaker, long seq, string reason)
        {
            if (faults.Count < MostTold)
                faults.Add(Words.Get("ledger.record-broken", speaker, seq, Reasons.Of(reason)));
        }
    }

    // A speaker of 1 signed with either s.
    static bool IsSigned(StoredRecord record, IReadOnlyDictionary<string, PublicKey> keys) =>
        AirRecord.TryRead(record.Jws, out var read, out _)
        && keys.TryGetValue(record.Kid, out var key)
        && read.IsSignedBy(key, orTwin: true);

    /// <param name="before">The one stored before it; null for the first of a board.</param>
    static string? Fault(StoredRecord? before, StoredRecord record)
    {
        if (!AirRecord.TryRead(record.Jws, out var read, out var refusal))
            return refusal;
        if (read.KeyId != record.Kid || read.Document.Seq != record.Seq || read.Document.Speaker != record.SpeakerId)
            return Refusal.KeyUnknown;
        if (record.Seq != (before?.Seq ?? 0) + 1)
            return "record.gap";
        return before is null || Jws.IsNamed(before.Jws, read.Document.Prev) ? null : "record.broken";
    }
}
