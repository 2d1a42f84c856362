using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Server.Ledger;

/// <summary>Mails heads to the auditor; what is in his mailbox this server cannot rewrite.</summary>
sealed class HeadMail(IOptions<LedgerOptions> options, IMail mail)
{
    readonly NewestOf sent = new();

    public bool IsWanted => options.Value.Mail is not null;

    /// <summary>Throws when the mail server does not take it: the outbox tells it again later.</summary>
    public async Task Send(IReadOnlyList<LedgerSealed> told, CancellationToken cancel)
    {
        var heads = sent.Newer(told);
        if (heads.Count == 0)
            return;
        var to = options.Value.Mail!;
        await mail.Send(to, Letter(to.To, heads), cancel);
        sent.Take(heads);
    }

    static PlainLetter Letter(string to, IReadOnlyList<LedgerSealed> heads) =>
        new(
            to,
            Words.Get("ledger.mail.subject", heads[^1].Module, heads[^1].Number),
            Words.Get("ledger.mail.text") + "\n\n" + string.Join('\n', heads.Select(Anchor.Line)) + "\n"
        );
}
