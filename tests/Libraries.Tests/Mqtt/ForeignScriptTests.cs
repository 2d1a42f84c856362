using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Loa.Mqtt.Server;

namespace Loa.Mqtt;

/// <summary>The client that browsers and Node use (npm mqtt) talks with us by every way and in both dialects.</summary>
public sealed class ForeignScriptTests
{
    static readonly string root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Theory]
    [InlineData("mqtt", 4)]
    [InlineData("mqtt", 5)]
    [InlineData("mqtts", 4)]
    [InlineData("mqtts", 5)]
    [InlineData("ws", 4)]
    [InlineData("ws", 5)]
    [InlineData("wss", 5)]
    public async Task It_says_and_hears_each_quality(string scheme, int version)
    {
        await Run("bash", Path.Combine(root, "build", "foreign"));
        await using var gateway = new Gateway(o =>
            o with
            {
                Tls = new TlsListener
                {
                    Listen = new IPEndPoint(IPAddress.Loopback, 0),
                    Certificate = TlsListener.Fixed(Certificates.Server),
                },
            }
        );
        gateway.Host.Admitting = request =>
            request.UserName == "loa" && Encoding.UTF8.GetString(request.Password.Span) == "thành"
                ? AdmissionDecision.Accept()
                : AdmissionDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        await using var web = await WebDoor.Open(gateway.Server);
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, Certificates.Authority.ExportCertificatePem());

        var url = scheme switch
        {
            "mqtt" => $"mqtt://127.0.0.1:{gateway.Port}",
            "mqtts" => $"mqtts://127.0.0.1:{gateway.Server.TlsEndPoint.Port}",
            "ws" => $"ws://127.0.0.1:{web.Port}/mqtt",
            _ => $"wss://127.0.0.1:{web.SafePort}/mqtt",
        };
        var said = await Run("node", Path.Combine(root, "tests", "Foreign", "talk.mjs"), url, $"{version}", authority);

        File.Delete(authority);
        var kind = version == 5 ? "text/plain" : "-";
        Assert.Equal(
            [
                $"echo/0|0|live|6|{kind}",
                $"echo/1|1|live|30000|{kind}",
                $"echo/2|2|live|3|{kind}",
                $"echo/kept|1|retained|4|{kind}",
            ],
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
        );
        var left = await gateway.Host.Departures.Next();
        Assert.Equal((ReasonCode.Success, EndedBy.Client), (left.Why.Reason, left.Why.By));
    }

    static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
