using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// The officer whose page sent an act: nobody acts for somebody else by a window that was left open. A page says so by a header
/// (js/page-owner.js), or by a hidden field where there is no script; programs need not.
/// </summary>
public static class PageOwner
{
    public const string Name = "loa-officer";

    // A form for a route that asks for nothing: the page's own fields, and a button's.
    static readonly FormBounds small = new(16, 16 * 1024);

    internal static ValueTask Check(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) ? Check(http, http.Request.Headers[Name]) : default;

    internal static ValueTask Check(HttpContext http, IFormCollection form) => Check(http, form[Name]);

    /// <summary>A use case that takes a form asks when it reads it; for one that takes none it is read here.</summary>
    internal static async ValueTask CheckUnread(HttpContext http)
    {
        if (
            HttpMethods.IsPost(http.Request.Method)
            && http.Request.HasFormContentType
            && http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null
        )
            await Forms.Read(http, small);
    }

    static async ValueTask Check(HttpContext http, IEnumerable<string?> said)
    {
        if (http.RequestServices?.GetService<Sight>() is not { IsSignedIn: true } sight)
            return;
        foreach (var owner in said)
            if (Guid.TryParse(owner, out var officer) && officer != sight.OfficerId)
                throw new RefusedException(
                    "page.of-another",
                    await sight.NameOf(officer, http.RequestAborted) ?? Words.Get("page.another"),
                    sight.OfficerName
                );
    }
}
