using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>The question before a move: which speaker leaves which place for which, told by the two places.</summary>
sealed class AskMove(DevicesDb db, Sight sight, IUnits units) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/{id:guid}/move/question", Post).RequireRight(DevicesRights.ClaimSpeakers);

    static async Task<IResult> Post(
        Guid id,
        Input<MoveSpeaker.Request> input,
        AskMove useCase,
        CancellationToken cancel
    ) => TypedResults.Text(await useCase.Run(id, input.Value.Unit, cancel));

    public async Task<string> Run(Guid id, Guid unit, CancellationToken cancel)
    {
        var speaker =
            await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel)
            ?? throw new MissingException("speaker");
        sight.Demand(DevicesRights.ClaimSpeakers, speaker.UnitId);
        sight.Demand(DevicesRights.ClaimSpeakers, unit);
        var tree = await units.Today(cancel);
        return Words.Get("speaker.move.ask-where", speaker.Name, tree.PlaceOf(speaker.UnitId), tree.PlaceOf(unit));
    }
}
