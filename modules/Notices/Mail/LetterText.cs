using System.Text;
using Loa.Kernel;
using Loa.Notices.Delivery;
using Loa.Notices.Reading;
using Loa.Ui;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Loa.Notices.Mail;

/// <summary>A letter with one notice or many, in the reader's language, with the way to end letters and nothing that ends them by a click.</summary>
sealed class LetterText(IOptions<DeliveryOptions> options)
{
    const string Choices = "/notices/choices";

    // More are read on the page.
    const int MostNamed = 20;

    public MimeMessage Of(NoticeLetter letter, string from) => ShortText.In(letter.To, () => Write(letter, from));

    MimeMessage Write(NoticeLetter letter, string from)
    {
        var mail = new MimeMessage
        {
            Subject = letter.Notices is [var only]
                ? NoticeText.Of(only, letter.Sight)
                : Words.Get("notices.letter.many", letter.Notices.Count),
            Body = new TextPart("plain") { Text = Body(letter) },
            // Sent again after a failure it is the same letter, for who sorts out doubles.
            MessageId = $"{letter.Notices[^1].Key:N}.{letter.Notices.Count}.{letter.To.OfficerId:N}@{Domain(from)}",
        };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.Add(new MailboxAddress(letter.Sight.OfficerName, letter.To.Mail!));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (options.Value.LinkTo(Choices) is { } link)
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{link}>");
        return mail;
    }

    string Body(NoticeLetter letter)
    {
        var text = new StringBuilder();
        text.AppendLine(Words.Get("notices.letter.hello", letter.Sight.OfficerName)).AppendLine();
        foreach (var notice in letter.Notices.Take(MostNamed))
        {
            text.AppendLine($"• {NoticeText.Of(notice, letter.Sight)}").AppendLine($"  {notice.At.Shown()}");
            if (options.Value.LinkTo($"/notices/{notice.Id}") is { } page)
                text.AppendLine($"  {page}");
            text.AppendLine();
        }
        if (letter.Notices.Count > MostNamed)
        {
            text.AppendLine(Words.Get("notices.letter.more", letter.Notices.Count - MostNamed));
            text.AppendLine(options.Value.LinkTo("/notices?show=unread")).AppendLine();
        }
        text.AppendLine("--").AppendLine(Words.Get("notices.letter.why"));
        if (options.Value.LinkTo(Choices) is { } link)
            text.AppendLine(link);
        return text.ToString();
    }

    static string Domain(string from) => from.Split('@')[^1].TrimEnd('>');
}
