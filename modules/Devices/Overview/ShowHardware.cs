using System.Text.Json;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Overview;

/// <summary>
/// The boards that a place has had, each with its key and its time, so that the records of every one of them can be
/// verified long after it is gone.
/// </summary>
sealed class ShowHardware(DevicesDb db, ISpeakerPlays plays, Sight sight) : IUseCase
{
    public record Board(
        string Serial,
        string Kid,
        JsonElement Jwk,
        DateTimeOffset From,
        DateTimeOffset? To,
        string By,
        long Records
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/speakers/{id:guid}/boards", Json).RequireRight(DevicesRights.SeeSpeakers);

    static Task<IReadOnlyList<Board>> Json(Guid id, ShowHardware useCase, CancellationToken cancel) =>
        useCase.Run(id, cancel);

    public async Task<IReadOnlyList<Board>> Run(Guid id, CancellationToken cancel)
    {
        var found = await db.FindWithActs(SpeakerProcedure.Definition, id, cancel);
        if (found is null || !sight.May(DevicesRights.SeeSpeakers, found.Case.UnitId))
            throw new MissingException("speaker");
        var records = await plays.Records(id, cancel);
        var boards = new List<Board>();
        foreach (var act in found.Acts)
        {
            if (
                boards is [.., { To: null } last]
                && act.Move is SpeakerProcedure.ReplaceBoard or SpeakerProcedure.RevokeKey or SpeakerProcedure.Retire
            )
                boards[^1] = last with { To = act.At };
            var patch = JsonSerializer.Deserialize<JsonElement>(act.Patch);
            if (
                act.Move is SpeakerProcedure.Claim or SpeakerProcedure.ReplaceBoard
                && patch.GetProperty("kid").GetString() is { } kid
            )
                boards.Add(
                    new(
                        patch.GetProperty("serial").GetString() ?? "",
                        kid,
                        patch.GetProperty("jwk"),
                        act.At,
                        null,
                        act.By,
                        records.GetValueOrDefault(kid)
                    )
                );
        }
        return boards;
    }
}
