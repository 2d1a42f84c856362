using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Papers;
using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Retention.Archives;

/// <summary>Keeps archives as papers. Killed at any moment, it leaves the lines where they were, or in a file that the ledger names, or both.</summary>
sealed class KeepArchives(IServiceScopeFactory scopes, PaperStore papers, TimeProvider clock) : IArchives
{
    public async Task<int> Keep(
        string kind,
        DateTimeOffset before,
        IAsyncEnumerable<string> lines,
        CancellationToken cancel
    )
    {
        var count = 0;
        using var incoming = await papers.Receive(async into => count = await ArchiveText.Write(into, lines, cancel));
        if (count > 0)
            await Name(kind, before, count, incoming.Keep(), cancel);
        return count;
    }

    public async IAsyncEnumerable<string> Read(string kind, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<RetentionDb>().Archives(kind, cancel);
        // One that is gone or spoilt is told of by the proof of the archives themselves.
        foreach (var archive in all.Where(a => papers.Has(a.Digest)))
        await foreach (var line in ArchiveText.Read(papers.PathOf(archive.Digest), cancel))
            yield return line;
    }

    async Task Name(string kind, DateTimeOffset before, int count, Paper paper, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RetentionDb>();
        var tree = await scope.ServiceProvider.GetRequiredService<IUnits>().Today(cancel);
        var id = ArchiveFileProcedure.CaseOf(kind, paper.Digest);
        await db.Atomically(
            async () =>
            {
                // The server was killed before the lines were deleted, and they come again.
                if (await db.Cases.AnyAsync(c => c.Id == id, cancel))
                    return;
                await db.Open(
                    ArchiveFileProcedure.Definition,
                    id,
                    tree.Roots.First().Id,
                    ArchiveFileProcedure.Keep,
                    new(ArchiveFile.Patch(kind, before, count, paper), Papers: [paper.Digest]),
                    Actor.Server,
                    clock.Moment(),
                    cancel
                );
            },
            cancel
        );
    }
}
