using System.Collections.Concurrent;
using System.Net;
using Loa.Air;
using Loa.Jose;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Loa.Speaker.InABox;

/// <summary>The province's HTTP side: claim codes and media, with the mishaps a test asks for.</summary>
sealed class ProvinceDesk(Province province)
{
    readonly ConcurrentDictionary<Guid, Enrolment> waiting = new();
    readonly ConcurrentDictionary<Guid, SpeakerMirror> claimed = new();
    readonly ConcurrentDictionary<string, bool> takenBack = new();

    /// <summary>Off: speakers wait until <see cref="Claim"/>.</summary>
    public bool ClaimAtOnce { get; set; } = true;

    public ConcurrentDictionary<string, byte[]> Media { get; } = new();

    /// <summary>The Range header of each request for media, "" when it had none.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The next answer breaks off after so many bytes, once they are seen to have come.</summary>
    public (int Bytes, Func<Task> Came)? Break { get; set; }

    /// <summary>Answers a question for media in another way than with its bytes; null is the usual way.</summary>
    public Func<HttpContext, byte[], IResult?>? Mishap { get; set; }

    /// <summary>Where it says that speakers reach it, when that is not true.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>Whom it says it obeys.</summary>
    public Jwk? OtherRoot { get; set; }

    /// <summary>How its root took the place of others, as it says.</summary>
    public IReadOnlyList<string>? RootChanges { get; set; }

    /// <summary>So many introductions are answered with "come again in so many seconds".</summary>
    public (int Times, int Seconds) Busy { get; set; }

    /// <summary>What the last speaker that opened its seal must show.</summary>
    public string Code { get; private set; } = "";

    /// <summary>When each introduction came.</summary>
    public ConcurrentQueue<long> Introduced { get; } = new();

    public async Task<WebApplication> Start(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.MapPost("/air/enrolments", Enrol);
        app.MapGet("/air/enrolments/{id:guid}", Status);
        app.MapPost("/air/enrolments/{id:guid}", Unseal);
        app.MapGet("/air/media/{digest}", Sound);
        app.MapGet("/air/packages/{digest}", Sound);
        app.MapGet("/air/server", Who);
        await app.StartAsync();
        return app;
    }

    public void Claim()
    {
        // Many ask at once, and each is welcomed once.
        lock (claimed)
            foreach (var (id, enrolment) in waiting)
                if (!claimed.ContainsKey(id))
                    claimed[id] = province.Welcome(enrolment);
    }

    /// <summary>It says of this key that it is taken back.</summary>
    public void TakeBack(string kid) => takenBack[kid] = true;

    async Task<IResult> Enrol(HttpRequest request)
    {
        Introduced.Enqueue(TimeProvider.System.GetTimestamp());
        if (Busy is { Times: > 0 } busy)
        {
            Busy = busy with { Times = busy.Times - 1 };
            request.HttpContext.Response.Headers.RetryAfter = $"{busy.Seconds}";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (!EnrolmentRequest.TryRead(body.ToArray(), out var asked))
            return Results.BadRequest();
        var verdict = Enrolment.Verify(asked.Enrolment);
        if (!verdict.Ok)
            return Results.BadRequest();
        if (takenBack.ContainsKey(verdict.Signed.KeyId))
            return Results.Json(new { code = "enrolment.revoked" }, statusCode: StatusCodes.Status409Conflict);
        // The same key gets the same id.
        var id = Some.Id(verdict.Signed.KeyId);
        waiting[id] = verdict.Document;
        if (ClaimAtOnce)
            Claim();
        var expires = TimeProvider.System.GetUtcNow().AddMinutes(30);
        var opened = new EnrolmentOpened(
            id,
            "2BCD",
            expires,
            OtherRoot ?? province.Root.Public.Jwk,
            province.ServerName,
            province.Mqtt,
            Roots: RootChanges
        );
        return Results.Bytes(opened.ToBytes(), "application/json").WithStatus(201);
    }

    IResult Who() =>
        Results.Bytes(
            new ServerMessage(
                OtherRoot ?? province.Root.Public.Jwk,
                province.ServerName,
                Elsewhere ?? province.Mqtt
            ).ToBytes(),
            "application/json"
        );

    IResult Status(Guid id)
    {
        if (!waiting.ContainsKey(id))
            return Results.NotFound();
        var status = claimed.TryGetValue(id, out var speaker) ? province.Placed(speaker) : EnrolmentStatus.Waiting;
        return Results.Bytes(status.ToBytes(), "application/json");
    }

    async Task<IResult> Unseal(Guid id, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (!waiting.TryGetValue(id, out var enrolment) || !EnrolmentOpening.TryRead(body.ToArray(), out var opening))
            return Results.NotFound();
        Code = $"2BCD-{ClaimCheck.Signs(province.Root.KeyId, enrolment.Jwk.Thumbprint(), "2BCD", opening.Nonce)}";
        return ClaimCheck.Seal(opening.Nonce) == enrolment.Seal ? Status(id) : Results.BadRequest();
    }

    async Task<IResult> Sound(string digest, HttpContext http)
    {
        Requests.Enqueue(http.Request.Headers.Range.ToString());
        if (!Media.TryGetValue(digest, out var bytes))
            return Results.NotFound();
        if (Mishap?.Invoke(http, bytes) is { } mishap)
            return mishap;
        if (Break is not { } broken)
            return Results.Bytes(bytes, "audio/ogg", enableRangeProcessing: true);
        Break = null;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, broken.Bytes));
        await http.Response.Body.FlushAsync();
        await broken.Came();
        http.Abort();
        return Results.Empty;
    }
}

/// <summary>An answer with another status.</summary>
static class Answers
{
    public static IResult WithStatus(this IResult inner, int status) => new Answer(inner, status);

    sealed class Answer(IResult inner, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
