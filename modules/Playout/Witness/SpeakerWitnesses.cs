using System.Globalization;
using Loa.Air;
using Loa.Cases;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Witness;

/// <summary>The heads that speakers were given and wrote into their chains; <see cref="RecordChainRule"/> proves those.</summary>
sealed class SpeakerWitnesses(PlayoutDb db, OldRecords old) : IHeadWitnesses
{
    public async Task<IReadOnlyList<Anchor>> Heads(string module, CancellationToken cancel)
    {
        var heads = new Dictionary<(long, string), Anchor>();
        // Of a line it is seen that it holds no head without reading the record.
        await foreach (var line in old.Lines(db, cancel))
            if (line.Contains("head", StringComparison.Ordinal))
                Take(RecordLine.JwsOf(line));
        var records = db.Records.AsNoTracking().Where(r => r.Kind == RecordKind.Head);
        await foreach (var record in records.Select(r => r.Jws).AsAsyncEnumerable().WithCancellation(cancel))
            Take(record);
        return [.. heads.Values];

        void Take(string record)
        {
            if (
                AirRecord.TryRead(record, out var read, out _)
                && read.Document.Head is { } head
                && head.Module == module
            )
                heads.TryAdd((head.Number, head.Hash), new(module, head.Number, Shown(read.Document.At), head.Hash));
        }
    }

    static string Shown(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
