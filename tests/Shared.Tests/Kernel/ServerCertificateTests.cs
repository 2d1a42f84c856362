using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

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
    public void A_renewal_that_does_not_fit_is_said_once_and_so_is_that_it_does()
    {
        System.IO.File.WriteAllText(Key, Issue("one"));
        var (certificate, said) = (new ServerCertificate(File, Key), new SaidLines());
        certificate.Current(said);
        var key = Issue("two");
        for (var connection = 0; connection < 5; connection++)
            certificate.Current(said);
        Assert.Equal(LogLevel.Error, Assert.Single(said.Lines).Level);
        Assert.Contains(File, said.Lines[0].Text, StringComparison.Ordinal);

        System.IO.File.WriteAllText(Key, key);
        for (var connection = 0; connection < 5; connection++)
            certificate.Current(said);
        Assert.Equal(2, said.Lines.Count);
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
