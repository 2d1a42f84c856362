using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Loa.Speaker.InABox;
using Loa.Speaker.Playing;

namespace Loa.Speaker.Link;

public sealed class TrafficTests(ITestOutputHelper output)
{
    const int Speed = 120;
    const double Month = 30 * 86_400;

    // IPv4 and TCP with its timestamps.
    const int Header = 40 + 12;

    // Once an hour the clock is compared.
    const int Comparisons = 30 * 24;

    // Larger ones tell the time; all else is small when nothing happens.
    const int Large = 200;

    static readonly TimeSpan window = TimeSpan.FromMinutes(8);

    // An answer that comes so soon carries the acknowledgement of what it answers.
    static readonly TimeSpan together = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_idle_speaker_costs_few_megabytes_a_month(bool tls)
    {
        var clock = new FastClock();
        using var certificate = tls ? Certificate() : null;
        await using var province = await Province.Start(clock: clock, certificate: certificate);
        await using var relay = new CountingRelay(province.Door);
        var authority = Path.Combine(province.Folder, "ca.pem");
        if (certificate is not null)
            await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        using var ending = new CancellationTokenSource();
        var speaking = Speak(
            province,
            clock,
            $"{(tls ? "mqtts" : "mqtt")}://localhost:{relay.Port}",
            authority,
            ending.Token
        );
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        clock.Run(Speed);
        // What is said on meeting is not what is said in idleness.
        await Task.Delay(TimeSpan.FromMinutes(3), clock, CancellationToken.None);
        var (met, states) = (relay.Segments.Count, speaker.States.Count);

        await Task.Delay(window, clock, CancellationToken.None);

        var idle = relay.Segments.Skip(met).ToList();
        // One connection all the while, and nothing changed.
        Assert.Equal(states, speaker.States.Count);
        clock.Run(1);
        await ending.CancelAsync();
        Assert.Equal(Departed.Stopped, await speaking);
        Report(idle, speaker.Health.Count, tls);
        Assert.Empty(speaker.Faults);
    }

    void Report(List<Segment> idle, int reports, bool tls)
    {
        var (bytes, compared, comparisons) = (0L, 0L, 0);
        for (var i = 0; i < idle.Count; i++)
        {
            var next = i + 1 < idle.Count ? idle[i + 1] : default;
            var isAcknowledged = next.FromSpeaker != idle[i].FromSpeaker && next.At - idle[i].At < together;
            var cost = Header + idle[i].Bytes + (isAcknowledged ? 0 : Header);
            var isTime = idle[i].Bytes > Large || (next.Bytes > Large && isAcknowledged);
            (bytes, compared) = isTime ? (bytes, compared + cost) : (bytes + cost, compared);
            comparisons += idle[i].Bytes > Large ? 1 : 0;
        }
        var each = comparisons == 0 ? 1_000 : compared / comparisons;
        var month = ((bytes / window.TotalSeconds * Month) + (each * Comparisons)) / 1e6;
        output.WriteLine(
            $"{(tls ? "TLS" : "plain")}: {month:f1} MB a month on the wire; {idle.Count} segments and {bytes} bytes in "
                + $"{window.TotalMinutes} idle minutes, {each} bytes for each look at the clock, {reports} reports"
        );
        Assert.InRange(month, 5, tls ? 18 : 15);
    }

    static Task<Departed> Speak(
        Province province,
        TimeProvider clock,
        string mqtt,
        string authority,
        CancellationToken cancel
    )
    {
        var settings = new Settings(
            province.Http,
            Path.Combine(province.Folder, "idle"),
            "IDLE-1",
            Mqtt: mqtt,
            Authority: File.Exists(authority) ? new FileInfo(authority) : null
        );
        Assert.True(Outputs.TryParse("null", out var silence));
        var around = new Surroundings(
            clock,
            new HttpClient(),
            silence,
            new EventLog(clock, "IDLE-1", null),
            _ => { },
            Durable: false
        );
        return new Loudspeaker(settings, around).Run(cancel);
    }

    static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(400));
    }
}
