using System.Security.Claims;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>
/// The cookie of an officer who signed in. It only names his session, which is looked up on every request: when that has ended,
/// every copy of the cookie is dead.
/// </summary>
static class SessionCookie
{
    public const string Scheme = Sight.SessionCookie;

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme);
        services
            .AddOptions<CookieAuthenticationOptions>(Scheme)
            .Configure<IOptions<GateOptions>>(
                (cookie, options) =>
                {
                    cookie.Cookie.Name = Sight.SessionCookie;
                    cookie.CookieManager = new HostCookies();
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = options.Value.LongestSession;
                    cookie.SlidingExpiration = false;
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

    public static Task Give(HttpContext http, Session session, string name) =>
        http.SignInAsync(
            Scheme,
            new(
                new ClaimsIdentity(
                    [
                        new(ClaimTypes.NameIdentifier, session.OfficerId.ToString()),
                        new(ClaimTypes.Name, name),
                        new(Sight.SessionClaim, session.Id.ToString()),
                    ],
                    Scheme
                )
            )
        );

    public static Task Take(HttpContext http) => http.SignOutAsync(Scheme);

    static async Task Validate(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionCache>();
        if (
            Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var officer)
            && Guid.TryParse(context.Principal?.FindFirstValue(Sight.SessionClaim), out var session)
            && await sessions.Enter(session, officer, context.HttpContext.RequestAborted)
        )
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
