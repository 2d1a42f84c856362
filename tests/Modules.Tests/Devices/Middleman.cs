using System.Net;
using Loa.Air;
using Loa.Jose;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loa.Devices;

/// <summary>What he puts in place of what passes through his hands.</summary>
enum Trick
{
    /// <summary>His own root to the speaker, and each placement signed by it anew.</summary>
    Root,

    /// <summary>His own key to the server, in the speaker's name.</summary>
    Key,

    /// <summary>Both.</summary>
    RootAndKey,

    /// <summary>A key of his own that says it is a speaker of before, whose codes the server gives whole.</summary>
    OldSpeaker,

    /// <summary>He tries roots until one fits the code that the server gave.</summary>
    Patience,
}

/// <summary>A man in the middle: a real proxy between a speaker and its server that holds keys of his own.</summary>
sealed class Middleman : IAsyncDisposable
{
    readonly Trick trick;
    readonly HttpClient server;
    readonly SigningKey key = SigningKey.Create();
    WebApplication? web;
    SigningKey root = SigningKey.Create();
    Enrolment? told;

    Middleman(Trick trick, Uri server) => (this.trick, this.server) = (trick, new HttpClient { BaseAddress = server });

    public Uri Address => new(web!.Urls.First());

    public int Seen { get; private set; }

    public static async Task<Middleman> Stand(Trick trick, Uri before)
    {
        var man = new Middleman(trick, before);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        man.web = builder.Build();
        man.web.MapPost("/air/enrolments", man.Introduce);
        man.web.MapPost("/air/enrolments/{id:guid}", man.PassNonce);
        man.web.MapGet("/air/enrolments/{id:guid}", man.Ask);
        await man.web.StartAsync();
        return man;
    }

    public async ValueTask DisposeAsync()
    {
        await web!.DisposeAsync();
        server.Dispose();
    }

    async Task<IResult> Introduce(HttpRequest request)
    {
        Seen++;
        Assert.True(EnrolmentRequest.TryRead(await Body(request), out var asked));
        Assert.True(Enrolment.TryRead(asked.Enrolment, out var read, out _));
        told = read.Document;
        var mine = told with { Jwk = key.Public.Jwk };
        var passed = trick switch
        {
            Trick.Key or Trick.RootAndKey => mine.Sign(key),
            Trick.OldSpeaker => (mine with { Protocol = null, Seal = null }).Sign(key),
            _ => asked.Enrolment,
        };
        using var answer = await BenchSpeaker.Post(server, passed);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (!EnrolmentOpened.TryRead(bytes, out var opened))
            return Results.Bytes(bytes, "application/json");
        if (trick == Trick.Patience)
            root = Fitting(opened);
        var shown = trick is Trick.Key or Trick.OldSpeaker ? opened : opened with { Root = root.Public.Jwk };
        return new Json(shown.ToBytes(), StatusCodes.Status201Created);
    }

    // He knows all but the nonce, and guesses that it will be the one he knows: none.
    SigningKey Fitting(EnrolmentOpened opened)
    {
        var wanted = ClaimCheck.Signs(opened.Root.Thumbprint(), told!.Jwk.Thumbprint(), opened.Code, "")[..2];
        while (true)
        {
            var tried = SigningKey.Create();
            var signs = ClaimCheck.Signs(tried.KeyId, told.Jwk.Thumbprint(), opened.Code, "");
            if (signs.StartsWith(wanted, StringComparison.Ordinal))
                return tried;
        }
    }

    async Task<IResult> PassNonce(Guid id, HttpRequest request)
    {
        Assert.True(EnrolmentOpening.TryRead(await Body(request), out var opening));
        using var answer = await BenchSpeaker.Unseal(server, id, opening.Nonce);
        return new Json(await answer.Content.ReadAsByteArrayAsync(), (int)answer.StatusCode);
    }

    async Task<IResult> Ask(Guid id)
    {
        using var answer = await server.GetAsync($"/air/enrolments/{id}");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (EnrolmentStatus.TryRead(bytes, out var status) && status.State == EnrolmentState.Claimed)
            bytes = Resigned(status).ToBytes();
        return new Json(bytes, (int)answer.StatusCode);
    }

    EnrolmentStatus Resigned(EnrolmentStatus status)
    {
        Assert.True(Placement.TryRead(status.Placement, out var read, out _));
        var placement = read.Document with { Kid = told!.Jwk.Thumbprint() };
        return status with { Placement = placement.Sign(root) };
    }

    static async Task<byte[]> Body(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    sealed class Json(byte[] bytes, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.ContentType) = (status, "application/json");
            await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
