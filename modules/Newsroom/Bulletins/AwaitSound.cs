using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author who has saved sees how his bulletin is read aloud; when it is, the page has it taken as its sound (SpeakBulletin).</summary>
sealed class AwaitSound(Cases<Bulletin> cases, Renderings renderings, VoiceCatalog voices, FollowSpeech follow)
    : IUseCase
{
    public record Response(SpeechNow Now, int Acts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bulletins/{id:guid}/sound", Get).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Get(Guid id, int? seen, AwaitSound useCase, HttpContext http, CancellationToken cancel)
    {
        var response = await useCase.Run(id, seen, cancel);
        return http.Request.IsPartial()
            ? UiModule.Show<SpeechProgress>(
                new
                {
                    response.Now,
                    Next = $"/bulletins/{id}/sound",
                    Take = $"/bulletins/{id}/voice",
                    Seen = response.Acts,
                }
            )
            : TypedResults.Ok(response);
    }

    public async Task<Response> Run(Guid id, int? seen, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var actor = await cases.Demand(BulletinProcedure.Speak, bulletin, null, cancel);
        var script = voices.ScriptOf(bulletin.Text, bulletin.Voice, bulletin.Pace);
        if (await renderings.Find(script, cancel) is { } made)
            return new(follow.Over(made, script.Lines), bulletin.Case.Seq);
        using var visit = renderings.Ask(script, actor.OfficerId, RenderingJobs.BetweenLooks, goesOn: true);
        return new(await follow.Look(visit.Job, seen ?? 0, cancel), bulletin.Case.Seq);
    }
}
