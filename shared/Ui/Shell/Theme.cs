using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>How light the console looks: as the reader's device is set, until he says otherwise; his browser remembers.</summary>
static class Theme
{
    public const string AsDevice = "system";
    const string Cookie = "loa-theme";

    public static readonly IReadOnlyList<string> All = [AsDevice, "light", "dark"];

    public static string Of(HttpContext http) => Known(http.Request.Cookies[Cookie]);

    public static void Choose(HttpContext http, string theme) =>
        http.Response.Cookies.Append(
            Cookie,
            Known(theme),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            }
        );

    static string Known(string? theme) => theme is not null && All.Contains(theme) ? theme : AsDevice;
}
