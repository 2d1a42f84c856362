using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>From the devices to the host: acknowledged only when the host has it, in order, and one client never troubles another.</summary>
public sealed class ReceivingTests
{
    [Fact]
    public async Task A_message_is_acknowledged_only_after_the_host_has_it()
    {
        await using var gateway = new Gateway();
        var stored = new TaskCompletionSource();
        gateway.Host.Receiving = (_, _) => new ValueTask(stored.Task);
        var device = await gateway.Connected();

        var publishing = device.Publish("out", "record");
        var other = await gateway.Connected("other");
        await other.Subscribe("a");
        Assert.False(publishing.IsCompleted);
        stored.SetResult();
        await publishing;
        Assert.Equal("record", (await gateway.Host.Messages.Next()).Payload);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_burst_of_3_1_1_is_answered_whole(int qos)
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect(version: ProtocolVersion.V311);
        // A client of MQTT 5 is told that it may have 64 under way; this one is told nothing.
        const int Many = 200;

        await raw.Say([
            .. Enumerable
                .Range(1, Many)
                .SelectMany(i =>
                    new byte[] { (byte)(0x30 | (qos << 1)), 6, 0, 1, (byte)'a', (byte)(i >> 8), (byte)i, 7 }
                ),
        ]);

        for (var i = 1; i <= Many; i++)
        {
            var answer = await raw.Hear(qos == 1 ? PacketType.Puback : PacketType.Pubrec);
            Assert.Equal(i, (answer.Body.Span[0] << 8) | answer.Body.Span[1]);
        }
    }

    [Fact]
    public async Task A_host_that_throws_closes_this_client_which_sends_again()
    {
        await using var gateway = new Gateway();
        var attempts = 0;
        gateway.Host.Receiving = (_, _) =>
            ++attempts == 1 ? throw new IOException("disk full") : ValueTask.CompletedTask;
        var other = await gateway.Connected("other");
        var device = await gateway.Connected();

        var lost = await Assert.ThrowsAsync<MqttException>(() => device.Publish("out", "record"));
        Assert.Equal(ReasonCode.ImplementationSpecificError, lost.Reason);
        Assert.Equal("disk full", (await gateway.Host.Failures.Next()).Message);
        Assert.Equal(ReasonCode.ImplementationSpecificError, (await gateway.Host.Departures.Next()).Why.Reason);

        Assert.True(await device.Reconnect());
        var again = await gateway.Host.Messages.Next();
        Assert.Equal(("record", true), (again.Payload, again.Duplicate));
        await other.Publish("out", "unharmed");
    }

    [Fact]
    public async Task A_client_with_a_store_of_its_own_does_not_send_again()
    {
        await using var gateway = new Gateway();
        var attempts = 0;
        gateway.Host.Receiving = (_, _) => ++attempts == 1 ? throw new IOException("once") : ValueTask.CompletedTask;
        var device = await gateway.Connected("speaker", o => o with { ResendUnacknowledged = false });
        await Assert.ThrowsAsync<MqttException>(() => device.Publish("out", "1"));
        await device.Ends.Next();
        await device.Reconnect();
        await device.Publish("out", "2");
        Assert.Equal("2", (await gateway.Host.Messages.Next()).Payload);
    }

    [Fact]
    public async Task The_order_of_one_client_is_kept()
    {
        await using var gateway = new Gateway();
        gateway.Host.Receiving = async (_, _) => await Task.Yield();
        var device = await gateway.Connected();
        var all = Enumerable.Range(0, 500).Select(n => $"{n}").ToArray();
        await Task.WhenAll(
            all.Select(n => device.Publish("out", n, n.EndsWith('7') ? Qos.AtMostOnce : Qos.AtLeastOnce))
        );
        var heard = new List<string>();
        while (heard.Count < all.Length)
            heard.Add((await gateway.Host.Messages.Next()).Payload);
        var acknowledged = heard.Where(n => !n.EndsWith('7'));
        Assert.Equal(all.Where(n => !n.EndsWith('7')), acknowledged);
    }

    [Fact]
    public async Task A_client_that_never_reads_delays_nobody_and_is_cut()
    {
        await using var gateway = new Gateway(o => o with { MaximumKeepAlive = TimeSpan.FromHours(1) });
        using var stuck = await gateway.Raw();
        await stuck.Connect("stuck", keepAlive: 3600);
        await stuck.Subscribe("live", Qos.AtMostOnce);
        await stuck.Hear(PacketType.Suback);
        var reader = await gateway.Connected("reader", o => o with { ReceiveMaximum = 1000 });
        await reader.Subscribe("live", Qos.AtMostOnce);

        // Some minutes of speech; the kernel must not take them all for who reads nothing.
        for (var n = 0; n < 400; n++)
        {
            var frame = new byte[2_500];
            Encoding.UTF8.GetBytes($"{n} ", frame);
            gateway.Server.Publish("live", frame, Qos.AtMostOnce);
            Assert.StartsWith($"{n} ", (await reader.Messages.Next()).Payload, StringComparison.Ordinal);
        }

        gateway.Clock.Advance(TimeSpan.FromSeconds(35));
        var left = await gateway.Host.Departures.Next();
        Assert.Equal(("stuck", ReasonCode.QuotaExceeded), (left.ClientId, left.Why.Reason));
        Assert.True(reader.Client.IsConnected);
    }

    [Fact]
    public async Task A_slow_reader_loses_the_oldest_live_messages_and_no_command()
    {
        await using var gateway = new Gateway(o => o with { MaximumLiveMessages = 8 });
        using var slow = await gateway.Raw();
        await slow.Connect("slow");
        await slow.Subscribe("#");
        await slow.Hear(PacketType.Suback);

        for (var n = 0; n < 400; n++)
            gateway.Server.Send("slow", "live", new byte[50_000], Qos.AtMostOnce);
        for (var n = 0; n < 20; n++)
            Assert.Equal(Delivery.Queued, gateway.Server.Send("slow", "command", [(byte)n], Qos.AtLeastOnce));
        gateway.Server.Send("slow", "last", [], Qos.AtMostOnce);

        var (live, commands) = (0, new List<byte>());
        while (true)
        {
            var message = await slow.HearMessage();
            var topic = Encoding.UTF8.GetString(message.Topic.Span);
            if (topic == "last")
                break;
            if (topic == "command")
                commands.Add(message.Payload.Span[0]);
            else
                live++;
        }
        Assert.InRange(live, 1, 399);
        Assert.Equal(Enumerable.Range(0, 20).Select(n => (byte)n), commands);
    }

    [Fact]
    public async Task A_client_that_lets_its_answers_pile_up_is_cut()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect();
        raw.Socket.ReceiveBufferSize = 1024;
        var pings = Enumerable.Repeat(PingPackets.Request, 50_000).SelectMany(p => p).ToArray();
        var saying = Task.Run(async () =>
        {
            try
            {
                while (true)
                    await raw.Say(pings);
            }
            catch (Exception loss) when (Transports.Wire.IsLoss(loss))
            {
                // Cut, as it should be.
            }
        });
        Assert.Equal(ReasonCode.QuotaExceeded, (await gateway.Host.Departures.Next()).Why.Reason);
        gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        await saying.Soon();
    }
}
