using System.Net;
using System.Net.Security;

namespace Loa.Doors;

/// <summary>The console with TLS of its own.</summary>
public sealed class HttpsTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Pages_go_to_https_and_a_renewed_certificate_serves_at_once()
    {
        var data = Directory.CreateTempSubdirectory("loa-https-").FullName;
        var certificate = Path.Combine(data, "own.pem");
        Nginx.WriteCertificate(certificate);
        var port = FreePort.Next();
        using var timeout = new CancellationTokenSource(Patience);
        using var server = new ServerProcess(
            data,
            settings: [$"LOA_Https__Certificate={certificate}", $"LOA_Https__Port={port}"]
        );
        await server.Start(timeout.Token);
        using var anyone = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Address,
        };

        using var page = await anyone.GetAsync("/sign-in?next=/speakers", timeout.Token);
        using var air = await anyone.GetAsync("/air/server", timeout.Token);
        using var odd = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        odd.Headers.TryAddWithoutValidation("Host", "-_-");
        using var nameless = await anyone.SendAsync(odd, timeout.Token);
        var (safe, first) = await Shown(port, timeout.Token);
        Nginx.WriteCertificate(certificate);
        File.SetLastWriteTimeUtc(certificate, File.GetLastWriteTimeUtc(certificate).AddSeconds(5));
        var (_, second) = await Shown(port, timeout.Token);

        Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
        Assert.Equal(new Uri($"https://127.0.0.1:{port}/sign-in?next=/speakers"), page.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, air.StatusCode);
        // A name that is none is the asker's fault, never ours.
        Assert.InRange((int)nameless.StatusCode, 300, 499);
        Assert.True(safe.Headers.Contains("Strict-Transport-Security"));
        Assert.NotEqual(first, second);
        await server.Kill(timeout.Token);
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_stops_the_start()
    {
        var data = Directory.CreateTempSubdirectory("loa-https-").FullName;
        using var timeout = new CancellationTokenSource(Patience);

        var (code, said) = await ServerProcess.Run(
            2048,
            "LOA_Https__Certificate=/nowhere/own.pem",
            ["serve", "--data", data, "--port", "0"],
            timeout.Token
        );

        Assert.Equal(1, code);
        Assert.Contains("/nowhere/own.pem", said, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    static async Task<(HttpResponseMessage Answer, string Thumbprint)> Shown(int port, CancellationToken cancel)
    {
        var shown = "";
        using var anyone = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                    {
                        shown = certificate!.GetCertHashString();
                        return Nginx.IsOwn(sender, certificate, chain, errors);
                    },
                },
            }
        );
        anyone.DefaultRequestHeaders.Host = "loa.example.vn";
        return (await anyone.GetAsync(new Uri($"https://127.0.0.1:{port}/sign-in"), cancel), shown);
    }
}
