using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Loa.Doors;

/// <summary>The real nginx with the configuration that we give to operators, on free ports and with a certificate of its own.</summary>
sealed class Nginx : IAsyncDisposable
{
    const string Subject = "CN=loa.example.vn";

    readonly string folder = Directory.CreateTempSubdirectory("loa-nginx-").FullName;
    readonly int http = FreePort.Next();
    readonly int https = FreePort.Next();
    Process? process;

    public Uri Plain => new($"http://127.0.0.1:{http}");

    public Uri Safe => new($"https://127.0.0.1:{https}");

    public static async Task<Nginx> Before(Uri server, CancellationToken cancel)
    {
        var nginx = new Nginx();
        nginx.Configure(server);
        nginx.process = Process.Start(
            new ProcessStartInfo("/usr/sbin/nginx", ["-p", nginx.folder, "-c", "nginx.conf", "-e", "stderr"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        nginx.process.ErrorDataReceived += (_, said) =>
            TestContext.Current.TestOutputHelper?.WriteLine(said.Data ?? "");
        nginx.process.BeginErrorReadLine();
        await nginx.Listens(cancel);
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    void Configure(Uri server)
    {
        var ops = Path.Combine(Repository(), "ops");
        var certificate = Path.Combine(folder, "own.pem");
        WriteCertificate(certificate);
        var include = Path.Combine(folder, "loa-proxy.conf");
        File.Copy(Path.Combine(ops, "nginx-proxy.conf"), include);
        var site = File.ReadAllText(Path.Combine(ops, "nginx.conf"))
            .Replace("listen 80;", $"listen 127.0.0.1:{http};", StringComparison.Ordinal)
            .Replace("listen 443 ", $"listen 127.0.0.1:{https} ", StringComparison.Ordinal)
            .Replace("127.0.0.1:8080", server.Authority, StringComparison.Ordinal)
            .Replace("/etc/nginx/loa-proxy.conf", include, StringComparison.Ordinal)
            .Replace("/etc/ssl/loa/fullchain.pem", certificate, StringComparison.Ordinal)
            .Replace("/etc/ssl/loa/key.pem", certificate, StringComparison.Ordinal)
            .Replace("$host;", $"$http_host;", StringComparison.Ordinal);
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        File.WriteAllText(
            Path.Combine(folder, "nginx.conf"),
            $$"""
            {{user}}
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            events { worker_connections 2000; }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                {{site}}
            }
            """
        );
    }

    async Task Listens(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, https, cancel);
                return;
            }
            catch (SocketException) when (!process!.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>The certificate that was written here, which no authority knows.</summary>
    public static bool IsOwn(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown?.Subject == Subject;

    public static void WriteCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-1),
            now.AddDays(1)
        );
        File.WriteAllText(file, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }

    static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Loa.slnx")))
            at = at.Parent!;
        return at.FullName;
    }
}
