using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Ui.Gallery;

/// <summary>Shows every component in each of its states, so that a page is put together by looking.</summary>
static class ShowGallery
{
    public record Request(
        [MaxLength(200)] string Sample,
        [Prose, MaxLength(2000)] string? Text,
        [MaxLength(2000)] Guid[] Units
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var gallery = routes.MapGroup("/gallery").RequireSignIn().ExcludeFromDescription();
        gallery.MapGet(
            "",
            (string? q, int? page) => UiModule.Show<GalleryPage>(new { Search = q, Number = page ?? 1 })
        );
        gallery.MapGet(
            "/sample.wav",
            () => TypedResults.Bytes(SampleSound.Wav, "audio/wav", enableRangeProcessing: true)
        );
        gallery.MapPost("", Answer);
        gallery.MapPost("/refused", IResult () => throw new RefusedException("gallery"));
    }

    static IResult Answer(Input<Request> input, HttpContext http)
    {
        http.Say("gallery.saved");
        return Loa.Kernel.Answer.Done(http, "/gallery", input.Value);
    }
}
