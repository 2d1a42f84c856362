using System.Net;
using Loa.Bench.Runs;
using Loa.Speaker.InABox;
using Loa.Speaker.Playing;
using Loa.Speaker.Start;

namespace Loa.Speaker.Link;

public sealed class TrafficTests(ITestOutputHelper output)
{
    const int Speed = 100;
    const int Cycles = 24;
    const double Month = 30 * 86_400;

    // IPv4 and TCP with its timestamps.
    const int Header = 40 + 12;

    // Every twenty minutes the clock is compared, and half way between the server is asked whether it is there.
    const int Comparisons = 30 * 24 * 3;
    const int Pings = Comparisons;

    // Larger ones tell the time; all else is small when nothing happens.
    const int Large = 200;

    // From one report to the next.
    static readonly TimeSpan cycle = new Settings(new Uri("http://localhost"), "", "").HealthEvery;

    // An answer that comes so soon carries the acknowledgement of what it answers.
    static readonly TimeSpan together = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task An_idle_speaker_costs_less_than_15_megabytes_a_month()
    {
        var months = await Task.WhenAll(Measure(tls: false), Measure(tls: true));

        Assert.InRange(months[0], 10, 15);
        // What is said is the same; each packet has 22 bytes more.
        Assert.InRange(months[1], months[0], 15);
    }

    async Task<double> Measure(bool tls)
    {
        await using var clock = new FastClock();
        using var certificate = tls ? OwnCertificate.Make() : null;
        await using var province = await Province.Start(clock: clock, certificate: certificate);
        await using var relay = new CountingRelay(province.Door);
        var authority = Path.Combine(province.Folder, "ca.pem");
        if (certificate is not null)
            await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());
        using var ending = new CancellationTokenSource();
        var address = $"{(tls ? "mqtts" : "mqtt")}://localhost:{relay.Port}";
        var speaking = Speak(province, clock, address, authority, ending.Token);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        clock.Run(Speed);
        // A new connection, on which all that waits does so by the fast clock.
        var seen = speaker.States.Count;
        relay.Cut();
        await speaker.Until(() => speaker.States.Skip(seen).FirstOrDefault(state => state.Online), "its return");
        // What is said on meeting is not what is said in idleness.
        await Task.Delay(TimeSpan.FromMinutes(2), clock, CancellationToken.None);
        var (met, states) = (relay.Segments.Count, speaker.States.Count);

        await Task.Delay(cycle * Cycles, clock, CancellationToken.None);

        var idle = relay.Segments.Skip(met).ToList();
        // One connection all the while, and nothing changed.
        Assert.Equal(states, speaker.States.Count);
        clock.Run(1);
        await ending.CancelAsync();
        Assert.Equal(Ended.Stopped, await speaking);
        Assert.Empty(speaker.Faults);
        return Count(idle, tls);
    }

    double Count(List<Segment> idle, bool tls)
    {
        var (reports, pings, comparisons) = (new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < idle.Count; i++)
        {
            var next = i + 1 < idle.Count ? idle[i + 1] : default;
            var isAnswered = idle[i].FromSpeaker && !next.FromSpeaker && next.At - idle[i].At < together;
            if (!isAnswered)
            {
                reports.Add(Header + idle[i].Bytes + Header);
                continue;
            }
            // The answer confirms the question, and is confirmed itself.
            var both = Header + idle[i].Bytes + Header + next.Bytes + Header;
            (next.Bytes > Large ? comparisons : pings).Add(both);
            i++;
        }
        // The middle one: at this speed a busy machine says late what was due, and something else is needed.
        var (report, ping, comparison) = (Middle(reports), Middle(pings), Middle(comparisons));
        var month =
            ((report * Month / cycle.TotalSeconds) + ((double)ping * Pings) + ((double)comparison * Comparisons)) / 1e6;
        output.WriteLine(
            $"{(tls ? "TLS" : "plain")}: {month:f1} MB a month on the wire: {report} bytes in {cycle.TotalSeconds} s "
                + $"(of {reports.Count}), {ping} for each ping (of {pings.Count}), {comparison} for each look at the clock (of {comparisons.Count})"
        );
        return month;
    }

    static int Middle(List<int> costs)
    {
        Assert.NotEmpty(costs);
        return costs.Order().ElementAt(costs.Count / 2);
    }

    static Task<Ended> Speak(
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
        var around = new SpeakerEnvironment(
            clock,
            new HttpClient(),
            silence,
            new EventLog(clock, "IDLE-1", null),
            _ => { },
            Durable: false
        );
        return new Loudspeaker(settings, around).Run(cancel);
    }
}
