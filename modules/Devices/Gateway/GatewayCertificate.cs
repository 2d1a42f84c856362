using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Devices.Gateway;

/// <summary>What the gateway shows to speakers that connect with TLS; a renewed file serves from its next connection on.</summary>
sealed class GatewayCertificate(string certificate, string key)
{
    readonly Lock gate = new();
    SslStreamCertificateContext? context;
    DateTime writtenAt;

    public SslStreamCertificateContext Current()
    {
        var written = File.GetLastWriteTimeUtc(certificate);
        lock (gate)
        {
            if (context is null || written != writtenAt)
                (context, writtenAt) = (Read(), written);
            return context;
        }
    }

    SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificate);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPemFile(certificate, key),
            chain,
            offline: true
        );
    }
}
