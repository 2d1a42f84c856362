using System.ComponentModel.DataAnnotations;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace Loa.Ui;

/// <summary>A reader switches between Vietnamese and English; the browser remembers.</summary>
static class ChooseLanguage
{
    public record Request([MaxLength(40)] string Language, [MaxLength(2000)] string Back);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/language", Answer).AllowAnyone();

    static RedirectHttpResult Answer(Input<Request> input, HttpContext http)
    {
        var (language, back) = input.Value;
        http.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language == "en" ? "en-GB" : "vi-VN")),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            }
        );
        return TypedResults.LocalRedirect(OwnPage.Of(back));
    }
}
