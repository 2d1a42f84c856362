using System.Security.Cryptography;
using Loa.Cases;
using Loa.Kernel;
using Loa.Papers;
using Loa.Retention.Data;

namespace Loa.Retention.Archives;

/// <summary>Part of the ledger's proof: each archive that it names is there, byte by byte as it was when its lines were deleted.</summary>
sealed class ArchiveProof(PaperStore papers) : ILedgerRule
{
    public Type Db => typeof(RetentionDb);

    public async Task<IReadOnlyList<string>> Faults(CaseDb db, CancellationToken cancel)
    {
        var faults = new List<string>();
        foreach (var archive in await ((RetentionDb)db).Archives(null, cancel))
            if (!papers.Has(archive.Digest))
                faults.Add(Words.Get("ledger.archive-gone", archive.Kind, archive.Digest));
            else if (!await IsWhole(archive, cancel))
                faults.Add(Words.Get("ledger.archive-differs", archive.Kind, archive.Digest));
        return faults;
    }

    async Task<bool> IsWhole(ArchiveFile archive, CancellationToken cancel)
    {
        await using var file = File.OpenRead(papers.PathOf(archive.Digest));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)) == archive.Digest;
    }
}
