using Loa.Kernel;
using Loa.Ui;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace Loa.Server.Api;

/// <summary>Gives programs their document, and people who write programs a page to read it and to try it (Scalar, with its files from here).</summary>
static class ApiSetup
{
    public const string Docs = "/api/docs";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(ApiDocument.Address).RequireSignIn();
        routes
            .MapScalarApiReference(
                Docs,
                (options, http) =>
                {
                    options.Title = Words.Get("ui.product");
                    options.OpenApiRoutePattern = ApiDocument.Address;
                    // Whoever reads here has no way out to the world, and needs none.
                    options.DefaultFonts = false;
                    options.DisableAgent().DisableTelemetry().HideDeveloperTools();
                    options.Nonce = http.GetNonce();
                }
            )
            .RequireSignIn()
            .IsForeignPage();
    }
}
