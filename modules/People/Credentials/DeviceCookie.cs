using System.Security.Cryptography;
using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Loa.People.Credentials;

/// <summary>A browser in which these accounts signed in before.</summary>
sealed record KnownDevice(Guid Id, IReadOnlyList<KnownAccount> Accounts)
{
    public bool Knows(KnownAccount account) => Accounts.Contains(account);
}

/// <summary>An account as a browser knows it: until its password is another.</summary>
sealed record KnownAccount(Guid Id, string? Stamp);

/// <summary>
/// Remembers in a browser, sealed by the server, who signed in there. Strangers' failures do not shut the door to him who comes by
/// it; it opens nothing by itself, and with the password it ends: a copy in other hands is worth no more than that of a stranger.
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
    public void Remember(HttpContext http, Account opened)
    {
        var account = new KnownAccount(opened.Id, opened.SecurityStamp);
        var before = Read(http);
        var known = new KnownDevice(
            before?.Id ?? Guid.CreateVersion7(),
            [.. (before?.Accounts ?? []).Where(a => a.Id != account.Id).Prepend(account).Take(Accounts)]
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
