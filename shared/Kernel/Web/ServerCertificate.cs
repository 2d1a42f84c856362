using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Kernel;

/// <summary>What a server shows to those who connect with TLS; a renewed file serves from the next connection on.</summary>
/// <param name="certificate">A file with certificate and chain (PEM), or with all in one (.pfx, .p12, without a password).</param>
/// <param name="key">A file with the key (PEM); the certificate's own unless said.</param>
public sealed class ServerCertificate(string certificate, string? key = null)
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
        if (Path.GetExtension(certificate) is ".pfx" or ".p12")
        {
            chain.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(certificate, null));
            return Shown(chain.First(c => c.HasPrivateKey), chain);
        }
        chain.ImportFromPemFile(certificate);
        return Shown(X509Certificate2.CreateFromPemFile(certificate, key ?? certificate), chain);
    }

    static SslStreamCertificateContext Shown(X509Certificate2 own, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(own, chain, offline: true);
}
