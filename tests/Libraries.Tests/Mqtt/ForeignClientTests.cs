using System.Diagnostics;
using System.Text;
using Loa.Mqtt.Server;

namespace Loa.Mqtt;

/// <summary>Clients that others wrote understand us: mosquitto's, in both dialects.</summary>
public sealed class ForeignClientTests
{
    [Theory]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    [InlineData("5", 2)]
    public async Task Mosquitto_pub_is_heard(string version, int qos)
    {
        await using var gateway = new Gateway();
        using var tool = Start(
            gateway,
            "mosquitto_pub",
            $"-V {version} -i foreign -q {qos} -t loa/foreign/out -m xin-chào"
        );
        Assert.Equal("", await tool.Finished());
        Assert.Equal(
            new TestHost.Heard("foreign", "loa/foreign/out", "xin-chào", (Qos)qos, false, false),
            await gateway.Host.Messages.Next()
        );
        Assert.Equal(EndedBy.Client, (await gateway.Host.Departures.Next()).Why.By);
    }

    [Theory]
    [InlineData("311", 0)]
    [InlineData("311", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 0)]
    [InlineData("5", 1)]
    [InlineData("5", 2)]
    public async Task Mosquitto_sub_hears(string version, int qos)
    {
        await using var gateway = new Gateway();
        var subscribed = new TaskCompletionSource();
        gateway.Host.Subscribing = (_, _) => subscribed.TrySetResult() || true;
        var arguments = $"-V {version} -i foreign -q {qos} -t loa/+/in/# -C 3 -F %t|%q|%l|%p";
        using var tool = Start(gateway, "mosquitto_sub", arguments);
        await subscribed.Task.Soon();

        // The host is asked just before the filter counts; a send says when it does.
        while (Send(gateway, "một", qos) is Delivery.NotSubscribed)
            await Task.Yield();
        Send(gateway, "hai", qos);
        Send(gateway, new string('x', 30_000), qos);

        var heard = (await tool.Finished()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                $"loa/foreign/in/command|{qos}|5|một",
                $"loa/foreign/in/command|{qos}|3|hai",
                $"loa/foreign/in/command|{qos}|30000|{new string('x', 30_000)}",
            ],
            heard
        );
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task A_kept_session_gives_mosquitto_what_it_missed(string version)
    {
        await using var gateway = new Gateway();
        var session = $"-V {version} -i foreign -c -q 1 -t loa/foreign/in";
        using (var first = Start(gateway, "mosquitto_sub", $"{session} -E"))
            await first.Finished();
        Assert.True((await gateway.Host.Departures.Next()).SessionKept);
        Assert.Equal(Delivery.Stored, gateway.Server.Send("foreign", "loa/foreign/in", "missed"u8, Qos.AtLeastOnce));

        using var second = Start(gateway, "mosquitto_sub", $"{session} -C 1");

        Assert.Equal("missed\n", await second.Finished());
    }

    [Theory]
    [InlineData("311", "not authorised")]
    [InlineData("5", "Not authorized")]
    public async Task Mosquitto_understands_a_refusal(string version, string said)
    {
        await using var gateway = new Gateway();
        gateway.Host.Admitting = _ => AdmissionDecision.Refuse(ReasonCode.NotAuthorized);
        using var tool = Start(gateway, "mosquitto_pub", $"-V {version} -t a -m b -u loa -P wrong");
        Assert.Contains(said, await tool.Finished(fails: true), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task What_mosquitto_retains_another_mosquitto_hears(string version)
    {
        await using var gateway = new Gateway();
        using (var tool = Start(gateway, "mosquitto_pub", $"-V {version} -q 2 -r -t state/a -m kept"))
            await tool.Finished();
        using var hears = Start(gateway, "mosquitto_sub", $"-V {version} -q 2 -t state/# -C 1 -F %t|%q|%r|%p");
        Assert.Equal("state/a|2|1|kept\n", await hears.Finished());
        using (var tool = Start(gateway, "mosquitto_pub", $"-V {version} -q 1 -r -n -t state/a"))
            await tool.Finished();
        Assert.Equal(0, gateway.Server.RetainedCount);
    }

    [Theory]
    [InlineData("311")]
    [InlineData("5")]
    public async Task The_will_of_a_mosquitto_that_is_killed_is_told_to_another(string version)
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("hears");
        await device.Subscribe("wills/#");
        var subscribed = new TaskCompletionSource();
        gateway.Host.Subscribing = (_, _) => subscribed.TrySetResult() || true;
        var will = "--will-topic wills/foreign --will-payload gone --will-qos 1";
        using (Start(gateway, "mosquitto_sub", $"-V {version} -i foreign -t never {will}"))
            await subscribed.Task.Soon();
        Assert.Equal(
            ("wills/foreign", "gone"),
            (await device.Messages.Next()) is var heard ? (heard.Topic, heard.Payload) : default
        );
    }

    [Fact]
    public async Task Mosquitto_hears_what_was_said_beside_the_message()
    {
        await using var gateway = new Gateway();
        using (
            var tool = Start(
                gateway,
                "mosquitto_pub",
                "-V 5 -q 1 -r -t a -m x -D publish content-type text/vi -D publish user-property xã Tân -D publish message-expiry-interval 90"
            )
        )
            await tool.Finished();
        using var hears = Start(
            gateway,
            "mosquitto_sub",
            "-V 5 -q 1 -t a -C 1 -D connect topic-alias-maximum 5 -F %C|%P|%E|%p"
        );
        Assert.Equal("text/vi|xã:Tân|90|x\n", await hears.Finished());
    }

    static Delivery Send(Gateway gateway, string payload, int qos) =>
        gateway.Server.Send("foreign", "loa/foreign/in/command", Encoding.UTF8.GetBytes(payload), (Qos)qos);

    static Tool Start(Gateway gateway, string name, string arguments)
    {
        var start = new ProcessStartInfo(name, $"-h 127.0.0.1 -p {gateway.Port} {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            return new Tool(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{name} is missing: apt-get install mosquitto-clients", missing);
        }
    }

    sealed class Tool(Process process) : IDisposable
    {
        public async Task<string> Finished(bool fails = false)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().Soon();
            Assert.True(fails == (process.ExitCode != 0), $"Exit code {process.ExitCode}: {await errors}");
            return fails ? await errors : await output;
        }

        public void Dispose()
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
    }
}
