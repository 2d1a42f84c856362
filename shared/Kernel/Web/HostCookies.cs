using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Loa.Kernel;

/// <summary>
/// Names of cookies: over https with the prefix that has a browser take them from this very host only, so that no neighbour of
/// the domain can plant one (RFC 6265bis, 4.1.3.2).
/// </summary>
public sealed class HostCookies : ICookieManager
{
    const string Prefix = "__Host-";

    readonly ChunkingCookieManager cookies = new();

    public static string Name(HttpContext http, string name) => Caller.Of(http).IsSecure ? Prefix + name : name;

    public string? GetRequestCookie(HttpContext context, string key) =>
        cookies.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        cookies.DeleteCookie(context, Name(context, key), options);
}
