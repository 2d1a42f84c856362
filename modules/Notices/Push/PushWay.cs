using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Notices.Push;

/// <summary>
/// Messages that a browser shows while no page is open. They lie on locked screens, so they say where something waits and not what;
/// a browser whose user signed out, or that its maker knows no more, is forgotten.
/// </summary>
sealed class PushWay(
    IServiceScopeFactory scopes,
    PushKey key,
    ISessions sessions,
    IHttpClientFactory clients,
    IOptions<PushOptions> options
) : IWay
{
    public const string Word = "push";

    // What was not fetched for so long is found on the page.
    static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    public string Name => Word;

    public bool IsOffered => !options.Value.Off;

    // Which browsers he has is asked when something is sent.
    public bool Reaches(NoticeChoice choice) => true;

    public async IAsyncEnumerable<SendOutcome> Send(
        IReadOnlyList<NoticeLetter> letters,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var known = new VapidAuthentication(key.Value.Public, key.Value.Private)
        {
            Subject = options.Value.Subject,
        };
        var service = new PushServiceClient(clients.CreateClient(Word))
        {
            DefaultAuthentication = known,
            AutoRetryAfter = false,
        };
        foreach (var letter in letters)
            yield return await Send(service, letter, cancel);
    }

    async Task<SendOutcome> Send(PushServiceClient service, NoticeLetter letter, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NoticesDb>();
        var his = await db
            .PushBrowsers.AsNoTracking()
            .Where(b => b.OfficerId == letter.To.OfficerId)
            .ToListAsync(cancel);
        var sending = SendOutcome.Never("no-browser");
        foreach (var browser in his)
            sending = await Send(service, db, browser, letter, cancel);
        return sending;
    }

    async Task<SendOutcome> Send(
        PushServiceClient service,
        NoticesDb db,
        PushBrowser browser,
        NoticeLetter letter,
        CancellationToken cancel
    )
    {
        if (await sessions.IsSignedOut(browser.SessionId, cancel))
        {
            await Forget(db, browser, cancel);
            return SendOutcome.Never("signed-out");
        }
        var to = new PushSubscription { Endpoint = browser.Endpoint };
        to.SetKey(PushEncryptionKeyName.P256DH, browser.PublicKey);
        to.SetKey(PushEncryptionKeyName.Auth, browser.Secret);
        try
        {
            await service.RequestPushMessageDeliveryAsync(to, Message(letter), cancel);
            return SendOutcome.Done;
        }
        catch (PushServiceClientException refused)
            when (refused.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound)
        {
            await Forget(db, browser, cancel);
            return SendOutcome.Never("browser-gone");
        }
        catch (PushServiceClientException refused)
        {
            return (int)refused.StatusCode is >= 500 or 429
                ? SendOutcome.Later($"{(int)refused.StatusCode}")
                : SendOutcome.Never($"{(int)refused.StatusCode}");
        }
    }

    static Task Forget(NoticesDb db, PushBrowser browser, CancellationToken cancel) =>
        db.PushBrowsers.Where(b => b.Endpoint == browser.Endpoint && b.At == browser.At).ExecuteDeleteAsync(cancel);

    static PushMessage Message(NoticeLetter letter)
    {
        var isUrgent = letter.Notices.Any(n => n.Urgent);
        return new PushMessage(
            JsonSerializer.Serialize(ShortText.In(letter.To, () => Shown.Of(letter)), JsonSerializerOptions.Web)
        )
        {
            TimeToLive = (int)Kept.TotalSeconds,
            Urgency = isUrgent ? PushMessageUrgency.High : PushMessageUrgency.Normal,
        };
    }

    /// <summary>What the worker in the browser shows (js/worker.js).</summary>
    sealed record Shown(string Title, string Body, string Url, string Tag, bool Urgent)
    {
        public static Shown Of(NoticeLetter letter) =>
            new(
                Words.Get("ui.product"),
                ShortText.Of(letter),
                letter.Notices is [var only] ? $"/notices/{only.Id}" : "/notices?show=unread",
                letter.Notices is [var one] ? $"{one.Kind} {one.About}" : "notices",
                letter.Notices.Any(n => n.Urgent)
            );
    }
}
