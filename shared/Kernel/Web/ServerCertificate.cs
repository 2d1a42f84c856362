using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>What a server shows to those who connect with TLS; a renewed file serves from the next connection on.</summary>
/// <param name="certificate">A file with certificate and chain (PEM), or with all in one (.pfx, .p12, without a password).</param>
/// <param name="key">A file with the key (PEM); the certificate's own unless said.</param>
public sealed partial class ServerCertificate(string certificate, string? key = null)
{
    readonly string key = key ?? certificate;
    readonly Lock gate = new();
    SslStreamCertificateContext? context;
    (DateTime, DateTime) writtenAt;
    bool isOld;

    /// <param name="log">Told once when a renewed file does not serve, and once when it does.</param>
    /// <exception cref="CryptographicException">There is none that can be read, and there was none before.</exception>
    /// <exception cref="IOException">Likewise.</exception>
    public SslStreamCertificateContext Current(ILogger? log = null)
    {
        var written = (File.GetLastWriteTimeUtc(certificate), File.GetLastWriteTimeUtc(key));
        lock (gate)
        {
            if (context is not null && written == writtenAt)
                return context;
            try
            {
                (context, writtenAt) = (Read(), written);
                if (isOld && log is not null)
                    Log.Renewed(log, certificate);
                isOld = false;
            }
            catch (Exception e)
                when (context is not null && e is (CryptographicException or IOException or UnauthorizedAccessException)
                )
            {
                // Certificate and key are not renewed in one stroke: until they fit, the one before serves.
                if (!isOld && log is not null)
                    Log.Old(log, certificate, context.TargetCertificate.NotAfter, e.Message);
                isOld = true;
            }
            return context!;
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
        return Shown(Pair(), chain);
    }

    X509Certificate2 Pair()
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (ArgumentException e)
        {
            // So says the framework of a key that belongs to another certificate.
            throw new CryptographicException(e.Message, e);
        }
    }

    static SslStreamCertificateContext Shown(X509Certificate2 own, X509Certificate2Collection chain) =>
        SslStreamCertificateContext.Create(own, chain, offline: true);

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "{Certificate} was written anew and cannot be used: {Why}. The one before serves, until {NotAfter}"
        )]
        public static partial void Old(ILogger log, string certificate, DateTime notAfter, string why);

        [LoggerMessage(2, LogLevel.Warning, "{Certificate} as it is now serves from here on")]
        public static partial void Renewed(ILogger log, string certificate);
    }
}
