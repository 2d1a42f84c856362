using System.Net;
using Loa.Air;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Gateway;

/// <summary>A speaker that speaks MQTT 3.1.1 fetches the nonce over which it will prove its key as its password.</summary>
sealed class AskChallenge(Challenges challenges, ChallengeGate gate) : IUseCase
{
    const int LargestBody = 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/air/challenges", Answer).AllowAnyone();

    static async Task<IResult> Answer(AskChallenge useCase, HttpContext http, CancellationToken cancel)
    {
        var given = await useCase.Run(http.Request.Body, Caller.Of(http).Network, cancel);
        return given is null
            ? TooManyRequests.After(http, "challenge.too-many")
            : new AirAnswer<ChallengeMessage>(given, StatusCodes.Status201Created);
    }

    /// <summary>Null when the network asks too often.</summary>
    public async Task<ChallengeMessage?> Run(Stream body, IPAddress from, CancellationToken cancel)
    {
        if (!gate.Take(from))
            return null;
        if (!ChallengeRequest.TryRead(await AirBody.Read(body, LargestBody, cancel), out var request))
            throw new InvalidException("speaker", "format");
        return challenges.New(request.Speaker);
    }
}

/// <summary>How often one network may fetch a nonce; a whole network of phones may stand behind it.</summary>
sealed class ChallengeGate(TimeProvider clock)
{
    const int AtOnce = 3_000;

    readonly Allowance<IPAddress> asked = new(AtOnce, AtOnce / 60.0, clock);

    public bool Take(IPAddress network) => asked.Take(network);
}
