using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>Tells the officer in passing that his act was done: beside the fragment he gets, or on the page he is sent to.</summary>
public static class Toasts
{
    const string Cookie = "loa-toast";
    static readonly object Said = new();

    /// <summary>The sentence of this key in Words appears atop the content, once.</summary>
    public static void Say(this HttpContext http, string key) => http.Items[Said] = key;

    internal static void Send(HttpContext http)
    {
        if (http.Items[Said] is not string key)
            return;
        var staysOnPage = http.Request.IsPartial() && !http.Response.Headers.ContainsKey("HX-Redirect");
        if (staysOnPage)
            // Escaped to ASCII by the serializer, as a header must be.
            http.Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(
                new Dictionary<string, object> { ["loa:toast"] = new { text = Words.Get(key), tone = "good" } }
            );
        else
            http.Response.Cookies.Append(
                Cookie,
                key,
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    MaxAge = TimeSpan.FromMinutes(1),
                }
            );
    }

    /// <summary>What the page before left to say; told once.</summary>
    internal static string? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(Cookie, out var key))
            return null;
        http.Response.Cookies.Delete(Cookie);
        // The cookie comes from outside: only a key of ours is ever shown.
        return Words.Has(key) ? Words.Get(key) : null;
    }
}
