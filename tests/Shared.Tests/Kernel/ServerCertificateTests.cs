using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Kernel;

public sealed class ServerCertificateTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-certificate-").FullName;

    string File => Path.Combine(folder, "own.pem");

    string Key => Path.Combine(folder, "own.key");

    [Fact]
    public void Until_a_renewed_certificate_and_its_key_fit_the_one_before_serves()
    {
        System.IO.File.WriteAllText(Key, Issue("one"));
        var certificate = new ServerCertificate(File, Key);
        Assert.Equal("CN=one", certificate.Current().TargetCertificate.Subject);

        var key = Issue("two");
        Assert.Equal("CN=one", certificate.Current().TargetCertificate.Subject);

        System.IO.File.WriteAllText(Key, key);
        Assert.Equal("CN=two", certificate.Current().TargetCertificate.Subject);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told_at_the_start()
    {
        System.IO.File.WriteAllText(Key, Issue("one"));
        Issue("two");

        Assert.Throws<CryptographicException>(() => new ServerCertificate(File, Key).Current());
    }

    string Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-1),
            now.AddDays(1)
        );
        System.IO.File.WriteAllText(File, made.ExportCertificatePem());
        return key.ExportPkcs8PrivateKeyPem();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
