using System.ComponentModel.DataAnnotations;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Newsroom.Voices;
using Loa.Ui;
using Loa.Vietnamese;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Newsroom.Bulletins;

/// <summary>An author who is writing learns how long it will sound, and what of it nobody will say: by the words as they are read.</summary>
sealed class EstimateSpeech(VoiceCatalog voices, SentenceStore sentences) : IUseCase
{
    public record Request(
        [Prose, MaxLength(BulletinProcedure.LongestText)] string? Text = null,
        [MaxLength(40)] string? Voice = null,
        [Range(ReadingPace.Slowest, ReadingPace.Quickest)] int? Pace = null
    );

    /// <param name="Unsaid">The letters and figures of the text that no voice will say.</param>
    /// <param name="Spelled">The acronyms of which only the letters will be said.</param>
    public record Response(
        long DurationMs,
        int Sentences,
        IReadOnlyList<string> Unsaid,
        IReadOnlyList<SpelledWord> Spelled
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bulletins/estimate", Post).RequireRight(NewsroomRights.WriteBulletins);

    static IResult Post(Input<Request> input, EstimateSpeech useCase, HttpContext http)
    {
        var response = useCase.Run(input.Value);
        return http.Request.IsPartial()
            ? UiModule.Show<SpeechEstimate>(
                new
                {
                    Length = TimeSpan.FromMilliseconds(response.DurationMs),
                    response.Sentences,
                    response.Unsaid,
                    response.Spelled,
                }
            )
            : TypedResults.Ok(response);
    }

    public Response Run(Request request)
    {
        var text = request.Text ?? "";
        var script = voices.ScriptOf(text, request.Voice, request.Pace);
        var read = Reading.Read(text);
        return new(
            (long)script.Estimate(sentences.LengthOf).TotalMilliseconds,
            script.Lines.Count,
            read.Unsaid,
            read.Spelled
        );
    }
}
