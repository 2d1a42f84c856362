using System.Runtime.CompilerServices;
using Loa.Notices.Delivery;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;

namespace Loa.Notices.Mail;

/// <summary>Letters, by the province's mail server: all that are due in one connection.</summary>
sealed class MailWay(IOptions<MailOptions> options, LetterText text) : IWay
{
    public const string Word = "mail";

    MailOptions Server => options.Value;

    public string Name => Word;

    public bool IsOffered => Server.IsOffered;

    public bool Reaches(NoticeChoice choice) => choice.Mail is not null;

    public bool IsDaily(NoticeChoice choice) => choice.Daily;

    public async IAsyncEnumerable<SendOutcome> Send(
        IReadOnlyList<NoticeLetter> letters,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var line = await MailLine.Open(Server, cancel);
        foreach (var letter in letters)
            yield return await Send(line, letter, cancel);
        await line.Close(cancel);
    }

    // What is said of one letter holds up no other; a line that broke ends the round.
    async Task<SendOutcome> Send(MailLine line, NoticeLetter letter, CancellationToken cancel)
    {
        try
        {
            using var mail = text.Of(letter, Server.From);
            await line.Send(mail, cancel);
            return SendOutcome.Done;
        }
        catch (SmtpCommandException refused) when (line.IsOpen)
        {
            var why = $"{(int)refused.StatusCode} {refused.Message}";
            return (int)refused.StatusCode >= 500 ? SendOutcome.Never(why) : SendOutcome.Later(why);
        }
    }
}
