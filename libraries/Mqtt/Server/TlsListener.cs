using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Mqtt.Server;

/// <summary>Where clients connect with TLS 1.2 or 1.3, and what the server shows them.</summary>
public sealed record TlsListener
{
    public required IPEndPoint Listen { get; init; }

    /// <summary>Certificate and key. It is asked for each time, so that a renewed one serves without a restart.</summary>
    public required Func<SslStreamCertificateContext> Certificate { get; init; }

    /// <summary>Handshakes at once. When so many are under way, the oldest that waits for its client gives way.</summary>
    public int MaximumHandshakes { get; init; } = 1_024;

    /// <summary>A certificate with its chain, read once.</summary>
    public static Func<SslStreamCertificateContext> Fixed(X509Certificate2 certificate)
    {
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return () => context;
    }

    internal SslServerAuthenticationOptions Authentication() =>
        new()
        {
            ServerCertificateContext = Certificate(),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // The speaker proves its own key inside; a renegotiation would only give an attacker work to order.
            ClientCertificateRequired = false,
            AllowRenegotiation = false,
        };
}
