using System.Globalization;
using Loa.Kernel;
using Loa.Ui.Gallery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Loa.Ui;

/// <summary>The door of the console's look: what every page stands on, in three lines for the server.</summary>
public static class UiModule
{
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        Words.Add(typeof(UiModule).Assembly);
        services.AddRazorComponents();
        services.AddScoped<AskTurn>();
        // Pages hold no secret beside what a reader typed (no tokens: see SameOrigin), so they may be packed over TLS too.
        services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/html"]));
        services.AddSafeHeaders();
        services.AddSingleton(WebFiles.Ui);
        services.AddOptions<HelpContact>().BindConfiguration("Contact").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ProblemPage>(ProblemAnswer.Show);
        return services;
    }

    /// <summary>Goes in front of everything that answers with a page: compression, language, content security, htmx answers.</summary>
    public static IApplicationBuilder UseUi(this IApplicationBuilder app)
    {
        app.UseResponseCompression();
        CultureInfo[] languages = [new("vi-VN"), new("en-GB")];
        app.UseRequestLocalization(
            new RequestLocalizationOptions
            {
                DefaultRequestCulture = new RequestCulture(languages[0]),
                SupportedCultures = languages,
                SupportedUICultures = languages,
                // Vietnamese until the reader says otherwise, whatever his browser was installed in.
                RequestCultureProviders = [new CookieRequestCultureProvider()],
            }
        );
        app.UseSafeHeaders();
        app.UseMiddleware<PageAnswers>();
        return app.UseMiddleware<LiveAnswers>();
    }

    /// <param name="withGallery">Only where somebody builds pages; a province has no use for it.</param>
    public static void MapUi(this IEndpointRouteBuilder routes, bool withGallery)
    {
        foreach (var files in routes.ServiceProvider.GetServices<WebFiles>())
            files.Map(routes);
        ChooseLanguage.Map(routes);
        WatchLive.Map(routes);
        ChooseTheme.Map(routes);
        ShowManifest.Map(routes);
        ShowHelp.Map(routes);
        if (withGallery)
            ShowGallery.Map(routes);
    }

    /// <summary>The page as an answer of a use case: <c>UiModule.Show&lt;HomePage&gt;(new { Model = response })</c>.</summary>
    public static RazorComponentResult<TPage> Show<TPage>(object parameters)
        where TPage : IComponent => new(parameters);
}
