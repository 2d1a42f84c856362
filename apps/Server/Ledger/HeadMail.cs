using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Kernel;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Loa.Server.Ledger;

/// <summary>Mails heads to the auditor; what is in his mailbox this server cannot rewrite.</summary>
sealed class HeadMail(IOptions<LedgerOptions> options)
{
    readonly NewestOf sent = new();

    public bool IsWanted => options.Value.Mail is not null;

    /// <summary>Throws when the mail server does not take it: the outbox tells it again later.</summary>
    public async Task Send(IReadOnlyList<LedgerSealed> told, CancellationToken cancel)
    {
        var heads = sent.Newer(told);
        if (heads.Count == 0)
            return;
        var mail = options.Value.Mail!;
        using var client = new SmtpClient { Timeout = 20_000 };
        await client.ConnectAsync(
            mail.Host,
            mail.Port,
            mail.Tls ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable,
            cancel
        );
        if (mail.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, mail.Password ?? "", cancel);
        await client.SendAsync(Letter(mail, heads), cancel);
        sent.Take(heads);
        await client.DisconnectAsync(true, cancel);
    }

    static MimeMessage Letter(LedgerMail mail, IReadOnlyList<LedgerSealed> heads)
    {
        var letter = new MimeMessage
        {
            Subject = Words.Get("ledger.mail.subject", heads[^1].Module, heads[^1].Number),
            Body = new TextPart("plain")
            {
                Text = Words.Get("ledger.mail.text") + "\n\n" + string.Join('\n', heads.Select(Anchor.Line)) + "\n",
            },
        };
        letter.From.Add(MailboxAddress.Parse(mail.From));
        letter.To.Add(MailboxAddress.Parse(mail.To));
        return letter;
    }
}
