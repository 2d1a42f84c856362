using Loa.Contracts.Notices;
using MimeKit;

namespace Loa.Notices.Mail;

/// <summary>Sends single letters of plain text.</summary>
sealed class MailOut : IMail
{
    public async Task Send(MailServer by, PlainLetter letter, CancellationToken cancel)
    {
        using var mail = new MimeMessage
        {
            Subject = letter.Subject,
            Body = new TextPart("plain") { Text = letter.Text },
        };
        mail.From.Add(MailboxAddress.Parse(by.From));
        mail.To.Add(MailboxAddress.Parse(letter.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        using var line = await MailLine.Open(by, cancel);
        await line.Send(mail, cancel);
        await line.Close(cancel);
    }
}
