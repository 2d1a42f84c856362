using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Kernel;

namespace Loa.Server.Ledger;

/// <summary>Each sealed head is appended to the anchor file; one told twice stands there twice, which harms nobody.</summary>
sealed class FileHeads(HeadFile file, LedgerStatus status, TimeProvider clock) : IHearTogether<LedgerSealed>
{
    public Task Hear(LedgerSealed news, Guid key, CancellationToken cancel) => Hear([news], cancel);

    public async Task Hear(IReadOnlyList<LedgerSealed> news, CancellationToken cancel)
    {
        if (file.Path is null)
            return;
        await file.Append(news, cancel);
        foreach (var head in news)
            await status.Anchored(head.Module, head.Number, clock.Moment(), cancel);
    }
}
