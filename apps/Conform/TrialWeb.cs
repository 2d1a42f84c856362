using System.Net;
using Loa.Air;
using Loa.Jose;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Loa.Conform;

/// <summary>The HTTP side of the trial: it enrols and claims the first speaker that comes, and serves its sounds.</summary>
sealed class TrialWeb(TrialKeys keys, TrialSounds sounds, TrialHost host, string mqtt)
{
    const string Code = "2BCD";
    readonly TaskCompletionSource<TestedSpeaker> claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Guid enrolment = Guid.CreateVersion7();
    Enrolment? introduced;
    TestedSpeaker? speaker;

    /// <exception cref="TimeoutException">Nobody came, or nobody opened a seal.</exception>
    public Task<TestedSpeaker> Claimed(TimeSpan within, CancellationToken cancel) =>
        claimed.Task.WaitAsync(within, TimeProvider.System, cancel);

    public WebApplication Make()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/air/enrolments", Enrol);
        app.MapGet("/air/enrolments/{id:guid}", Status);
        app.MapPost("/air/enrolments/{id:guid}", Unseal);
        app.MapPost("/air/challenges", Challenge);
        app.MapGet("/air/server", Who);
        app.MapGet("/air/media/{digest}", Media);
        return app;
    }

    async Task<IResult> Enrol(HttpRequest request, HttpResponse response)
    {
        if (!EnrolmentRequest.TryRead(await Body(request), out var asked))
            return Results.BadRequest();
        var verdict = Enrolment.Verify(asked.Enrolment);
        if (!verdict.Ok)
            return Results.Json(new { code = "enrolment.proof", reason = verdict.Reason }, statusCode: 409);
        introduced = verdict.Document;
        response.StatusCode = StatusCodes.Status201Created;
        return Said(
            new EnrolmentOpened(
                enrolment,
                Code,
                Moment.Now().AddMinutes(30),
                keys.Root.Public.Jwk,
                TrialServer.Name,
                mqtt
            ).ToBytes()
        );
    }

    IResult Status(Guid id)
    {
        if (id != enrolment || introduced is null)
            return Results.NotFound();
        return Said((speaker is null ? EnrolmentStatus.Waiting : Placed(speaker)).ToBytes());
    }

    // Whoever opens its seal has understood how a code is made, and is claimed.
    async Task<IResult> Unseal(Guid id, HttpRequest request)
    {
        if (id != enrolment || introduced is null || !EnrolmentOpening.TryRead(await Body(request), out var opening))
            return Results.NotFound();
        if (ClaimCheck.Seal(opening.Nonce) != introduced.Seal)
            return Results.Json(new { code = "enrolment.seal" }, statusCode: 409);
        PublicKey.TryFrom(introduced.Jwk, out var key);
        speaker = new TestedSpeaker(Guid.CreateVersion7(), key!, introduced, [keys.Province, keys.Hamlet]);
        host.Add(speaker);
        claimed.TrySetResult(speaker);
        return Status(id);
    }

    EnrolmentStatus Placed(TestedSpeaker placed)
    {
        var placement = new Placement(
            Guid.CreateVersion7(),
            placed.Id,
            placed.Key.KeyId,
            1,
            placed.Path,
            Moment.Now().AddMinutes(-1)
        );
        return new(EnrolmentState.Claimed, placed.Id, placement.Sign(keys.Root), keys.Delegations());
    }

    IResult Challenge()
    {
        return Said(new ChallengeMessage(host.Challenge(), Moment.Now().AddMinutes(1)).ToBytes());
    }

    IResult Who() => Said(new ServerMessage(keys.Root.Public.Jwk, TrialServer.Name, mqtt).ToBytes());

    IResult Media(string digest) =>
        sounds.Find(digest) is { } sound
            ? Results.Bytes(sound, "audio/ogg", enableRangeProcessing: true)
            : Results.NotFound();

    static IResult Said(byte[] message) => Results.Bytes(message, "application/json");

    static async Task<byte[]> Body(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
