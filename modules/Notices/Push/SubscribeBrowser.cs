using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Notices.Push;

/// <summary>An officer lets this browser show notices while no page is open; each time he signs in there it is his session's.</summary>
sealed class SubscribeBrowser(NoticesDb db, IOptions<PushOptions> options, PushKey key, Sight sight, TimeProvider clock)
    : IUseCase
{
    const int MostBrowsers = 10;
    const int PointBytes = 65;
    const int SecretBytes = 16;

    public record Request(
        [MaxLength(1000)] string Endpoint,
        [MaxLength(100)] string P256dh,
        [MaxLength(40)] string Auth
    );

    public record Response(string Key);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/notices/push", Get).RequireSignIn();
        routes.MapPost("/notices/push", Post).RequireSignIn();
    }

    static Response Get(SubscribeBrowser useCase) => useCase.Key();

    static async Task<IResult> Post(
        Input<Request> input,
        SubscribeBrowser useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        await useCase.Run(input.Value, cancel);
        return Answer.Done(http, "/notices/choices", new { });
    }

    Response Key() => options.Value.Off ? throw new MissingException("page") : new(key.Value.Public);

    async Task Run(Request request, CancellationToken cancel)
    {
        if (!Uri.TryCreate(request.Endpoint, UriKind.Absolute, out var endpoint) || !options.Value.Knows(endpoint))
            throw new InvalidException("endpoint", "allowed-values");
        if (Length(request.P256dh) != PointBytes)
            throw new InvalidException("p256dh", "format");
        if (Length(request.Auth) != SecretBytes)
            throw new InvalidException("auth", "format");
        if (sight is not { OfficerId: { } me, SessionId: { } session })
            throw new InvalidException("endpoint", "required");
        await db.Atomically(
            async () =>
            {
                await db.PushBrowsers.Where(b => b.Endpoint == request.Endpoint).ExecuteDeleteAsync(cancel);
                var oldest = await db
                    .PushBrowsers.Where(b => b.OfficerId == me)
                    .OrderByDescending(b => b.At)
                    .Skip(MostBrowsers - 1)
                    .ToListAsync(cancel);
                db.RemoveRange(oldest);
                db.Add(new PushBrowser(request.Endpoint, me, session, request.P256dh, request.Auth, clock.Moment()));
                // From now on there is a way to tell him.
                if (!await db.Choices.AnyAsync(c => c.OfficerId == me, cancel))
                    db.Add(
                        new NoticeChoice
                        {
                            OfficerId = me,
                            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                        }
                    );
            },
            cancel
        );
    }

    static int Length(string text) => Base64Url.IsValid(text, out var length) ? length : -1;
}
