using System.Security.Claims;
using Loa.Kernel;
using Loa.People.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>
/// The cookie of an officer who signed in. It carries his stamp, compared on every request:
/// a new stamp (sign-out everywhere, new password, lock) ends all his sessions at once.
/// </summary>
static class Session
{
    public const string Scheme = "loa-session";
    const string Stamp = "loa:stamp";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme);
        services
            .AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<IOptions<GateOptions>>(
                (cookie, options) =>
                {
                    cookie.Cookie.Name = "loa-session";
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = options.Value.Session;
                    cookie.SlidingExpiration = true;
                    cookie.Events.OnValidatePrincipal = Validate;
                }
            );
        services.AddDataProtection();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<Storage, ILoggerFactory>(
                (keys, storage, logs) =>
                    keys.XmlRepository = new FileSystemXmlRepository(new(storage.FolderOf("keys", "cookies")), logs)
            );
    }

    public static Task Start(HttpContext http, Account account, string name) =>
        http.SignInAsync(
            Scheme,
            new(
                new ClaimsIdentity(
                    [
                        new(ClaimTypes.NameIdentifier, account.Id.ToString()),
                        new(ClaimTypes.Name, name),
                        new(Stamp, account.SecurityStamp!),
                    ],
                    Scheme
                )
            )
        );

    public static Task End(HttpContext http) => http.SignOutAsync(Scheme);

    static async Task Validate(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var db = context.HttpContext.RequestServices.GetRequiredService<PeopleDb>();
        var stamp = Guid.TryParse(id, out var officer)
            ? await db
                .Accounts.Where(a => a.Id == officer)
                .Select(a => a.SecurityStamp)
                .FirstOrDefaultAsync(context.HttpContext.RequestAborted)
            : null;
        if (stamp is not null && stamp == context.Principal?.FindFirstValue(Stamp))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
