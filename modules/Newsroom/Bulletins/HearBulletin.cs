using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>Whoever may see a bulletin hears the very file that goes over the air.</summary>
sealed class HearBulletin(Cases<Bulletin> cases) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/bulletins/{id:guid}/audio", [HttpMethods.Get, HttpMethods.Head], Get)
            .RequireRight(NewsroomRights.SeeBulletins);

    static async Task<PhysicalFileHttpResult> Get(
        Guid id,
        HearBulletin useCase,
        PaperStore papers,
        CancellationToken cancel
    ) => Sounds.File(papers, await useCase.Run(id, cancel));

    /// <summary>The digest of the sound.</summary>
    public async Task<string> Run(Guid id, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        return bulletin.Sound?.Digest ?? throw new MissingException("sound");
    }
}
