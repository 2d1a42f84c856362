using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author writes a new bulletin for a unit of his.</summary>
sealed class WriteBulletin(
    NewsroomDb db,
    EditBulletin edit,
    Renderings renderings,
    VoiceCatalog voices,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    /// <param name="Unit">Whose bulletin it is; the unit of the author's post unless said.</param>
    /// <param name="Id">Made by the page, so that a form sent twice writes one bulletin; sent again with other words it changes that one.</param>
    public record Request(
        [MaxLength(BulletinProcedure.LongestTitle)] string Title,
        [Prose, MaxLength(BulletinProcedure.LongestText)] string Text,
        [MaxLength(40)] string? Voice = null,
        AirClass? Class = null,
        Guid? Unit = null,
        Guid? Id = null,
        [Range(ReadingPace.Slowest, ReadingPace.Quickest)] int? Pace = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins", Post).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Post(
        Input<Request> input,
        WriteBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var written = await useCase.Run(input.Value, cancel);
        return Answer.Created(http, $"/bulletins/{written.Id}", written);
    }

    public async Task<CaseMoved> Run(Request request, CancellationToken cancel)
    {
        var title = request.Title;
        var text = request.Text;
        var script = voices.ScriptOf(text, request.Voice, request.Pace);
        var unit = request.Unit ?? OwnUnit();
        var actor = sight.Demand(NewsroomRights.WriteBulletins, unit);
        // What he listened to while writing is the bulletin's sound at once.
        var heard = await renderings.TryTake(script, actor.OfficerId, cancel);

        Case? before = null;
        var moved = await db.Atomically(
            async () =>
            {
                if (request.Id is { } sent && await db.Find(BulletinProcedure.Definition, sent, cancel) is { } found)
                {
                    Refuse.Unless(found.OpenedBy == actor.OfficerId, "bulletin.id-taken");
                    before = found;
                    return CaseMoved.Of(found);
                }
                var written = await db.Open(
                    BulletinProcedure.Definition,
                    request.Id ?? Guid.CreateVersion7(),
                    unit,
                    BulletinProcedure.Write,
                    new(
                        new JsonObject
                        {
                            ["title"] = title,
                            ["text"] = text,
                            ["voice"] = script.Voice.Name,
                            [BulletinProcedure.Pace] = script.Pace.SyllablesPerMinute,
                            ["class"] = AirWord.Of(request.Class ?? AirClass.Ordinary),
                        }
                    ),
                    actor,
                    clock.Moment(),
                    cancel
                );
                if (heard is not null && await renderings.Keep(db, heard, cancel))
                    written = await db.Move(
                        written,
                        BulletinProcedure.Speak,
                        BulletinSound.Deed(heard, script.Pace),
                        actor,
                        clock.Moment(),
                        cancel
                    );
                return CaseMoved.Of(written);
            },
            cancel
        );
        return before is null ? moved : await Again(before, request, script, actor, cancel);
    }

    /// <summary>The same words are a repetition; other words change the bulletin, unless somebody else has touched it, whose act he has not seen.</summary>
    async Task<CaseMoved> Again(
        Case before,
        Request request,
        ReadingScript script,
        ActingOfficer actor,
        CancellationToken cancel
    )
    {
        var bulletin = Bulletin.Of(before);
        var @class = request.Class ?? AirClass.Ordinary;
        if (bulletin.Changed(request.Title, request.Text, @class, script).Count == 0)
            return CaseMoved.Of(before);

        var isTouched = await db.Acts.AnyAsync(a => a.CaseId == before.Id && a.OfficerId != actor.OfficerId, cancel);
        return await edit.Run(
            before.Id,
            new(
                request.Title,
                request.Text,
                isTouched ? 0 : before.Seq,
                script.Voice.Name,
                @class,
                script.Pace.SyllablesPerMinute
            ),
            cancel
        );
    }

    Guid OwnUnit()
    {
        var units = sight.Over(NewsroomRights.WriteBulletins).Roots;
        return units.Count == 1 ? units[0] : throw new InvalidException("unit", "required");
    }
}
