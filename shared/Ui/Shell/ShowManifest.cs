using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Ui;

/// <summary>Says how the console is put on a device beside its other programs: name, icons, where it begins.</summary>
static class ShowManifest
{
    public const string Url = "/manifest.webmanifest";

    const string Water = "#0d4a66";

    static readonly JsonSerializerOptions spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Url, Get).AllowAnyone();

    static JsonHttpResult<Manifest> Get() =>
        TypedResults.Json(
            new Manifest(
                Words.Get("ui.product"),
                Words.Get("ui.product"),
                "/",
                "/",
                "standalone",
                "vi",
                Water,
                Water,
                [Icon("192", "any"), Icon("512", "any"), Icon("512-maskable", "maskable")]
            ),
            spelling,
            "application/manifest+json"
        );

    static ManifestIcon Icon(string name, string purpose) =>
        new(WebFiles.Ui.Url($"icons/{name}.png"), $"{name.Split('-')[0]}x{name.Split('-')[0]}", "image/png", purpose);

    sealed record Manifest(
        string Name,
        string ShortName,
        string Id,
        string StartUrl,
        string Display,
        string Lang,
        string ThemeColor,
        string BackgroundColor,
        IReadOnlyList<ManifestIcon> Icons
    );

    sealed record ManifestIcon(string Src, string Sizes, string Type, string Purpose);
}
