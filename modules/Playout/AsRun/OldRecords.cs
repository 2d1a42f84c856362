using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Loa.Jose;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.AsRun;

/// <summary>The records that stand in the table no more: in archives, and in packs.</summary>
sealed class OldRecords(IArchives archives)
{
    public const string Kind = "records";

    /// <summary>The lines of all of them; those of one board in their order.</summary>
    public async IAsyncEnumerable<string> Lines(PlayoutDb db, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in archives.Read(Kind, cancel))
            yield return line;
        var packs = db
            .RecordPacks.AsNoTracking()
            .Where(p => p.Lines != null)
            .OrderBy(p => p.SpeakerId)
            .ThenBy(p => p.Kid)
            .ThenBy(p => p.FirstSeq);
        await foreach (var pack in packs.AsAsyncEnumerable().WithCancellation(cancel))
        foreach (var line in pack.Unpack())
            yield return line;
    }

    /// <summary>Whether this very record was packed; of one that lies in an archive its number must do.</summary>
    public static async Task<bool> Hold(
        PlayoutDb db,
        Guid speaker,
        string kid,
        long seq,
        string digest,
        CancellationToken cancel
    )
    {
        var pack = await db
            .RecordPacks.AsNoTracking()
            .Where(p => p.SpeakerId == speaker && p.Kid == kid && p.FirstSeq <= seq && p.LastSeq >= seq)
            .FirstOrDefaultAsync(cancel);
        return pack is not null
            && (
                pack.Lines is null
                || pack.Unpack().ElementAtOrDefault((int)(seq - pack.FirstSeq)) is { } line
                    && Jws.IsNamed(RecordLine.JwsOf(line), digest)
            );
    }
}
