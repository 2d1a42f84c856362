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
sealed class AwaitSound(Cases<Bulletin> cases, Renderings renderings, VoiceCatalog voices) : IUseCase
{
    public record Response(SpeechNow Now, int Acts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bulletins/{id:guid}/sound", Get).RequireRight(NewsroomRights.WriteBulletins);

    static async Task<IResult> Get(
        Guid id,
        int? seen,
        AwaitSound useCase,
        FollowSpeech follow,
        HttpContext http,
        CancellationToken cancel
    )
    {
        var (key, acts) = await useCase.Begin(id, cancel);
        return http.Request.IsPartial()
            ? UiModule.Show<SpeechProgress>(
                new
                {
                    Key = key,
                    Seen = seen ?? 0,
                    Bulletin = (Guid?)id,
                    Acts = acts,
                }
            )
            : TypedResults.Ok(new Response(await follow.Run(key, seen ?? 0, cancel), acts));
    }

    /// <summary>Begun, and it goes on when the page is left: it was saved.</summary>
    async Task<(string Key, int Acts)> Begin(Guid id, CancellationToken cancel)
    {
        var bulletin = await cases.See(id, cancel);
        var actor = await cases.Demand(BulletinProcedure.Speak, bulletin, null, cancel);
        var script = voices.ScriptOf(bulletin.Text, bulletin.Voice, bulletin.Pace);
        if (await renderings.Find(script, cancel) is null)
            renderings.Ask(script, actor.OfficerId, RenderingJobs.BetweenLooks, goesOn: true).Dispose();
        return (script.Key, bulletin.Case.Seq);
    }
}
