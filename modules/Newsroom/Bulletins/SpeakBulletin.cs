using System.ComponentModel.DataAnnotations;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Newsroom.Voices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author has the bulletin read aloud, by its voice or by another one from now on.</summary>
sealed class SpeakBulletin(Cases<Bulletin> cases, NewsroomDb db, Renderings renderings, VoiceCatalog voices) : IUseCase
{
    public record Request(
        int Seen,
        [MaxLength(40)] string? Voice = null,
        [Range(ReadingPace.Slowest, ReadingPace.Quickest)] int? Pace = null
    );

    public record Response(Guid Id, string State, int Acts, BulletinSound Sound);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/{id:guid}/voice", Post).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Post(
        Guid id,
        Input<Request> input,
        SpeakBulletin useCase,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var response = await useCase.Run(id, input.Value, cancel);
        return Answer.Done(http, $"/bulletins/{id}", response);
    }

    public async Task<Response> Run(Guid id, Request request, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        // Before the work, so that nobody waits for a sound that cannot be kept.
        var actor = await cases.Demand(BulletinProcedure.Speak, bulletin, request.Seen, cancel);

        var script = voices.ScriptOf(bulletin.Text, request.Voice ?? bulletin.Voice, request.Pace ?? bulletin.Pace);
        Rendering made;
        do made = await renderings.Take(script, actor.OfficerId, cancel);
        while (!await renderings.Keep(db, made, cancel));
        var sound = BulletinSound.Of(made);
        // Asked twice: what is there already is no new act.
        if (bulletin.Sound?.Digest == sound.Digest && bulletin.Voice == script.Voice.Name)
            return new(id, bulletin.Case.State!, bulletin.Case.Seq, sound);
        var moved = await cases.Move(
            bulletin,
            BulletinProcedure.Speak,
            BulletinSound.Deed(made, script.Pace),
            actor,
            cancel
        );
        return new(id, moved.Case.State!, moved.Case.Seq, sound);
    }
}
