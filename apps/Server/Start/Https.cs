using System.Net;
using System.Net.Security;
using Loa.Kernel;
using Loa.Server.Door;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Loa.Server.Start;

/// <summary>
/// The console over TLS (section "Https": Port, Certificate, Key), for a server without a proxy in front. Pages asked for in
/// the clear are sent there; speakers are not, for what they fetch proves itself.
/// </summary>
sealed class Https(int port, ServerCertificate certificate)
{
    const string Air = "/air";

    public int Port => port;

    /// <summary>Null without a certificate.</summary>
    public static Https? From(IConfiguration config)
    {
        if (config["Https:Certificate"] is not { Length: > 0 } file)
            return null;
        var https = new Https(config.GetValue("Https:Port", 8443), new(file, config["Https:Key"]));
        https.Read(file);
        return https;
    }

    public void Listen(KestrelServerOptions kestrel) =>
        kestrel.Listen(
            IPAddress.Any,
            port,
            listen =>
            {
                // Before the handshake: a stranger who shakes no hands holds no place either.
                listen.UseDoor();
                var log = kestrel.ApplicationServices.GetRequiredService<ILogger<ServerCertificate>>();
                // The whole chain is shown: a phone that has not met the one between would refuse us.
                listen.UseHttps(
                    new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ =>
                            ValueTask.FromResult(
                                new SslServerAuthenticationOptions
                                {
                                    ServerCertificateContext = certificate.Current(log),
                                }
                            ),
                    }
                );
            }
        );

    public void Redirect(IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                if (Caller.Of(http).IsSecure || http.Request.Path.StartsWithSegments(Air, StringComparison.Ordinal))
                    return next(http);
                // Put together and not parsed: a Host that is no name is no fault of ours.
                var (path, query) = (http.Request.Path.ToUriComponent(), http.Request.QueryString.ToUriComponent());
                var to = $"{Uri.UriSchemeHttps}://{http.Request.Host.Host}:{port}{path}{query}";
                http.Response.Redirect(to, permanent: true, preserveMethod: true);
                return Task.CompletedTask;
            }
        );

    // A file that cannot be read stops the start, not the first officer.
    void Read(string file)
    {
        try
        {
            certificate.Current();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException
            )
        {
            throw new CannotStartException("start.certificate", file, e.Message);
        }
    }
}
