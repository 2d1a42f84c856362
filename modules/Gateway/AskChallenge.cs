using Loa.Air;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Gateway;

/// <summary>
/// A speaker that speaks MQTT 3.1.1 fetches the nonce over which it will prove its key as its password. Giving one costs
/// nothing that another could lack, so nobody is counted.
/// </summary>
sealed class AskChallenge(Challenges challenges) : IUseCase
{
    const int LargestBody = 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/air/challenges", Answer).AllowAnyone();

    static async Task<AirAnswer<ChallengeMessage>> Answer(
        AskChallenge useCase,
        HttpContext http,
        CancellationToken cancel
    ) => new(await useCase.Run(http.Request.Body, cancel), StatusCodes.Status201Created);

    public async Task<ChallengeMessage> Run(Stream body, CancellationToken cancel) =>
        ChallengeRequest.TryRead(await AirBody.Read(body, LargestBody, cancel), out var request)
            ? challenges.New(request.Speaker)
            : throw new InvalidException("speaker", "format");
}
