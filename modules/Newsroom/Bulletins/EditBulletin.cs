using System.ComponentModel.DataAnnotations;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author changes a bulletin that is a draft or was returned; changed words lose the old sound.</summary>
sealed class EditBulletin(NewsroomDb db, Cases<Bulletin> cases, Renderings renderings, VoiceCatalog voices) : IUseCase
{
    public record Request(
        [MaxLength(BulletinProcedure.LongestTitle)] string Title,
        [Prose, MaxLength(BulletinProcedure.LongestText)] string Text,
        int Seen,
        [MaxLength(40)] string? Voice = null,
        AirClass? Class = null,
        [Range(ReadingPace.Slowest, ReadingPace.Quickest)] int? Pace = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/text", Post).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        EditBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var moved = await useCase.Run(id, input.Value, cancel);
        return Answer.Done(http, $"/bulletins/{id}", moved);
    }

    public async Task<CaseMoved> Run(Guid id, Request request, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var actor = await cases.Demand(BulletinProcedure.Edit, bulletin, request.Seen, cancel);
        var script = voices.ScriptOf(request.Text, request.Voice ?? bulletin.Voice, request.Pace ?? bulletin.Pace);
        var patch = bulletin.Changed(request.Title, request.Text, request.Class ?? bulletin.Class, script);
        if (patch.Count == 0)
            return CaseMoved.Of(bulletin.Case);

        var heard = patch.ContainsKey(BulletinProcedure.Pace)
            ? await renderings.TryTake(script, actor.OfficerId, cancel)
            : null;
        return await db.Atomically(
            async () =>
            {
                var deed = new Deed(patch.DeepClone().AsObject());
                var moved = await cases.Move(bulletin, BulletinProcedure.Edit, deed, actor, cancel);
                if (heard is not null && await renderings.Keep(db, heard, cancel))
                    moved = await cases.Move(
                        moved,
                        BulletinProcedure.Speak,
                        BulletinSound.Deed(heard, script.Pace),
                        actor,
                        cancel
                    );
                return CaseMoved.Of(moved.Case);
            },
            cancel
        );
    }
}
