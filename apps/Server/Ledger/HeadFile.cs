using System.Text;
using Loa.Cases;
using Loa.Contracts.Ledger;
using Microsoft.Extensions.Options;

namespace Loa.Server.Ledger;

/// <summary>Appends heads to a file outside the data folder and never reads, cuts or rewrites it.</summary>
sealed class HeadFile(IOptions<LedgerOptions> options) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);
    readonly NewestOf written = new();

    public string? Path => string.IsNullOrEmpty(options.Value.Anchor) ? null : options.Value.Anchor;

    public async Task Append(IReadOnlyList<LedgerSealed> told, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var heads = written.Newer(told);
            var lines = string.Concat(heads.Select(h => $"{Anchor.Line(h)} {h.Jws}\n"));
            // One write at the end, forced to the disk: a share that writes once takes nothing else.
            await using var file = new FileStream(Path!, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 1);
            await file.WriteAsync(Encoding.UTF8.GetBytes(lines), cancel);
            file.Flush(flushToDisk: true);
            written.Take(heads);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
