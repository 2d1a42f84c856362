using System.Security.Cryptography;
using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Loa.People.SignIn;

/// <summary>A browser in which these accounts signed in before.</summary>
sealed record KnownDevice(Guid Id, IReadOnlyList<Guid> Accounts)
{
    public bool Knows(Guid account) => Accounts.Contains(account);
}

/// <summary>
/// Remembers in a browser, sealed by the server, who signed in there. Strangers' failures do not shut the door to him who comes by
/// it; it opens nothing by itself.
/// </summary>
sealed class DeviceCookie(IDataProtectionProvider protection)
{
    const string Name = "loa-device";

    // Officers of a commune share a computer.
    const int Accounts = 8;

    readonly IDataProtector protector = protection.CreateProtector(Name);

    public KnownDevice? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(HostCookies.Name(http, Name), out var text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<KnownDevice>(protector.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            // Not ours, or sealed with a key that is gone: a stranger.
            return null;
        }
    }

    /// <summary>This account signed in here.</summary>
    public void Remember(HttpContext http, Guid account)
    {
        var before = Read(http);
        var known = new KnownDevice(
            before?.Id ?? Guid.CreateVersion7(),
            [.. (before?.Accounts ?? []).Where(a => a != account).Prepend(account).Take(Accounts)]
        );
        http.Response.Cookies.Append(
            HostCookies.Name(http, Name),
            protector.Protect(JsonSerializer.Serialize(known)),
            new()
            {
                HttpOnly = true,
                Secure = Caller.Of(http).IsSecure,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
            }
        );
    }
}
