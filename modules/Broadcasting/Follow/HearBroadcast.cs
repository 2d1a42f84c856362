using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Papers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Broadcasting.Follow;

/// <summary>Whoever knows of a broadcast hears what was put on the air, also when the bulletin is not his to open.</summary>
sealed class HearBroadcast(ShowBroadcast broadcasts, IReleases releases) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/broadcasts/{id:guid}/audio", [HttpMethods.Get, HttpMethods.Head], Get)
            .RequireRight(BroadcastingRights.SeeBroadcasts);

    static async Task<PhysicalFileHttpResult> Get(
        Guid id,
        HearBroadcast useCase,
        PaperStore papers,
        CancellationToken cancel
    ) => Sounds.File(papers, await useCase.Run(id, cancel));

    /// <summary>The digest of the sound.</summary>
    public async Task<string> Run(Guid id, CancellationToken cancel)
    {
        var broadcast = await broadcasts.See(id, cancel);
        var aired = await releases.Aired(broadcast.Order.BulletinId, cancel);
        return aired?.Digest ?? throw new MissingException("sound");
    }
}
