using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Papers;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author hears what he has typed so far, before anything is saved: a page from the first sentence on, a program the whole.</summary>
sealed class PreviewSpeech(Renderings renderings, VoiceCatalog voices, Sight sight) : IUseCase
{
    public record Request(
        [Prose, MaxLength(BulletinProcedure.LongestText)] string Text,
        [MaxLength(40)] string? Voice = null,
        [Range(ReadingPace.Slowest, ReadingPace.Quickest)] int? Pace = null
    );

    /// <param name="Unsaid">The letters and figures of the text that no voice will say.</param>
    public record Response(string Url, BulletinSound Sound, IReadOnlyList<string> Unsaid);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/bulletins/preview", Answer).RequireRight(NewsroomRights.WriteBulletins);
        routes.MapGet("/bulletins/preview/{key}", Hear).RequireRight(NewsroomRights.WriteBulletins);
    }

    static async Task<IResult> Answer(
        Input<Request> input,
        PreviewSpeech useCase,
        HttpContext http,
        CancellationToken cancel
    ) =>
        http.Request.IsPartial()
            ? UiModule.Show<SpeechProgress>(new { Key = useCase.Begin(input.Value) })
            : TypedResults.Ok(await useCase.Run(input.Value, cancel));

    // The key is known only to whom the text is known.
    static async Task<PhysicalFileHttpResult> Hear(
        string key,
        RenderingCache cache,
        PaperStore papers,
        CancellationToken cancel
    )
    {
        var found = await cache.Find(key, cancel) ?? throw new MissingException("sound");
        return Sounds.File(papers, found.Digest);
    }

    public async Task<Response> Run(Request request, CancellationToken cancel)
    {
        var made = await renderings.Render(ScriptOf(request), sight.OfficerId!.Value, cancel);
        return new($"/bulletins/preview/{made.Key}", BulletinSound.Of(made), Reading.Read(request.Text).Unsaid);
    }

    /// <summary>Begun; how far it is can be asked by its key.</summary>
    string Begin(Request request)
    {
        var script = ScriptOf(request);
        renderings.Ask(script, sight.OfficerId!.Value, RenderingJobs.BetweenLooks).Dispose();
        return script.Key;
    }

    ReadingScript ScriptOf(Request request) => voices.ScriptOf(request.Text, request.Voice, request.Pace);
}
