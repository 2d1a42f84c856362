using Loa.Kernel;
using Microsoft.AspNetCore.Http;

namespace Loa.Trust.Keys;

/// <summary>
/// Remembers in a browser which key was made there. A browser may throw away what pages store, and keeps what a server
/// gave it: so a lost key is told from one that never was (shared/Ui/wwwroot/js/keys.js reads it).
/// </summary>
static class KeyCookie
{
    public static void Remember(HttpContext http, Guid officerId, string kid) =>
        http.Response.Cookies.Append(
            $"loa-key-{officerId}",
            kid,
            new()
            {
                Secure = Caller.Of(http).IsSecure,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(400),
            }
        );
}
