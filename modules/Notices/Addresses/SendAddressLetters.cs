using System.Globalization;
using System.Security.Cryptography;
using Loa.Contracts.Notices;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Loa.Notices.Mail;
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Notices.Addresses;

/// <summary>Sends the letters about addresses, one after the other, and forgets them when they are of no use any more.</summary>
sealed class SendAddressLetters(
    IServiceScopeFactory scopes,
    IOptions<MailOptions> server,
    IMail mail,
    AddressText text,
    TimeProvider clock,
    BackgroundWork<SendAddressLetters> work
) : LeaderLoop<SendAddressLetters>("notices.send-address-letters", work)
{
    const int Together = 50;

    static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    // A mail server that does not know us yet takes a letter at the second attempt.
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    // So long it is counted how many were asked for.
    static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    protected override Task Loop(CancellationToken stop) =>
        server.Value.IsOffered ? Work.Every(Often, SendDue, stop) : Task.CompletedTask;

    internal async Task SendDue(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NoticesDb>();
        var sights = scope.ServiceProvider.GetRequiredService<NoticeSight>();
        var now = clock.Moment();
        await db
            .AddressLetters.Where(l => l.At < now - Kept && (l.EndedAt != null || (!l.Proves && l.SentAt != null)))
            .ExecuteDeleteAsync(cancel);
        var due = await db
            .AddressLetters.Where(l => l.SentAt == null && l.EndedAt == null && l.DueAt <= now)
            .OrderBy(l => l.DueAt)
            .Take(Together)
            .ToListAsync(cancel);
        foreach (var letter in due)
        {
            var sight = await sights.Of(letter.OfficerId, cancel);
            var choice = await db
                .Choices.AsNoTracking()
                .FirstOrDefaultAsync(c => c.OfficerId == letter.OfficerId, cancel);
            // Who serves no longer proves nothing.
            if (choice is null || sight.Posts.Count == 0)
                letter.EndedAt = now;
            else
                await Send(db, letter, choice, sight, cancel);
            await db.SaveChangesAsync(cancel);
        }
    }

    async Task Send(NoticesDb db, AddressLetter letter, NoticeChoice choice, Sight sight, CancellationToken cancel)
    {
        if (letter is { Proves: true, Code: null })
        {
            letter.Code = NewCode();
            // Known before it is out: a code that came may be typed, whatever becomes of this server.
            await db.SaveChangesAsync(cancel);
        }
        try
        {
            await mail.Send(server.Value, text.Of(letter, choice, sight), cancel);
            letter.SentAt = clock.Moment();
        }
        catch (SmtpCommandException refused)
        {
            letter.Failure = $"{(int)refused.StatusCode} {refused.Message}";
            if ((int)refused.StatusCode >= 500 || clock.Moment() - letter.At > Patience)
                letter.SentAt = clock.Moment();
            else
                letter.DueAt = clock.Moment() + Pause;
        }
    }

    static string NewCode() =>
        RandomNumberGenerator
            .GetInt32((int)Math.Pow(10, MailAddresses.CodeDigits))
            .ToString($"D{MailAddresses.CodeDigits}", CultureInfo.InvariantCulture);
}
