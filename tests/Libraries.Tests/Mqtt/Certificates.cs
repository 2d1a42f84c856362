using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Mqtt;

/// <summary>An authority made for the tests and what it vouches for: a server on this machine.</summary>
static class Certificates
{
    static readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static X509Certificate2 Authority { get; } = MakeAuthority();

    public static X509Certificate2 Server { get; } = MakeServer(Years(-4), Years(10));

    /// <summary>The server's of years ago.</summary>
    public static X509Certificate2 Expired { get; } = MakeServer(Years(-4), Years(-2));

    static X509Certificate2 MakeAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Years(-5), Years(20));
    }

    static X509Certificate2 MakeServer(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(Authority, from, to, [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }

    static DateTimeOffset Years(int years) => TimeProvider.System.GetUtcNow().AddYears(years);
}
