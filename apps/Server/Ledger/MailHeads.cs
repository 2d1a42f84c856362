using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Kernel;

namespace Loa.Server.Ledger;

/// <summary>Each sealed head goes to the auditor by mail; those that waited for the mail server go in one.</summary>
sealed class MailHeads(HeadMail mail, LedgerStatus status, TimeProvider clock) : IHearTogether<LedgerSealed>
{
    public Task Hear(LedgerSealed news, Guid key, CancellationToken cancel) => Hear([news], cancel);

    public async Task Hear(IReadOnlyList<LedgerSealed> news, CancellationToken cancel)
    {
        if (!mail.IsWanted)
            return;
        await mail.Send(news, cancel);
        foreach (var head in news)
            await status.Anchored(head.Module, head.Number, clock.Moment(), cancel);
    }
}
