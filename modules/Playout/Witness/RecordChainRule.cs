using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Jose;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Witness;

/// <summary>
/// The records of every board follow one on the other without a gap up to the one that the server last acknowledged, in archives,
/// packs and table: what a speaker wrote down of the ledger cannot be taken out of them unseen.
/// </summary>
/// <remarks>Each record names the one before, so the signature of the last one is over all of them.</remarks>
sealed class RecordChainRule(OldRecords old, IBoards known, Lodgings lodgings) : ILedgerRule
{
    public Type Db => typeof(PlayoutDb);

    public async Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel)
    {
        await using var playout = lodgings.In<PlayoutDb>(db);
        var boards = new BoardChains(await known.Keys(cancel));
        await foreach (var line in old.Lines(playout, cancel))
            boards.Follow(RecordLine.JwsOf(line));
        await foreach (
            var record in playout
                .Records.AsNoTracking()
                .OrderBy(r => r.SpeakerId)
                .ThenBy(r => r.Kid)
                .ThenBy(r => r.Seq)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
            boards.Follow(record);
        var ends = await playout
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
        boards.EndAt(ends);
        return boards.Faults;
    }
}
