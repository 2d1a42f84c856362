using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>QoS 2: whatever is cut and said again, each message is heard once (MQTT 5.0, 4.3.3).</summary>
public sealed class ExactlyOnceTests
{
    [Fact]
    public async Task A_message_to_the_server_and_one_back_are_each_heard_once()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("in", Qos.ExactlyOnce);

        await device.Publish("out", "up", Qos.ExactlyOnce);
        Assert.Equal(Delivery.Queued, gateway.Server.Send("speaker", "in", "down"u8, Qos.ExactlyOnce));

        Assert.Equal(("up", Qos.ExactlyOnce), Said(await gateway.Host.Messages.Next()));
        Assert.Equal(new Device.Heard("in", "down", Qos.ExactlyOnce, false), await device.Messages.Next());
        // The next one can only come when the first has run its course.
        for (var n = 0; n < 200; n++)
            gateway.Server.Send("speaker", "in", Encoding.UTF8.GetBytes($"{n}"), Qos.ExactlyOnce);
        for (var n = 0; n < 200; n++)
            Assert.Equal($"{n}", (await device.Messages.Next()).Payload);
    }

    [Fact]
    public async Task A_message_said_again_after_a_cut_is_not_heard_again()
    {
        await using var gateway = new Gateway();
        using (var raw = await gateway.Raw())
        {
            await raw.Connect();
            await raw.Say(Convert.FromHexString("3407" + "000161" + "0007" + "00" + "78"));
            await raw.Hear(PacketType.Pubrec);
        }
        await gateway.Host.Departures.Next();

        using var again = await gateway.Raw();
        Assert.True((await again.Connect()).SessionPresent);
        await again.Say(Convert.FromHexString("3C07" + "000161" + "0007" + "00" + "78"));
        await again.Hear(PacketType.Pubrec);
        await again.Say(0x62, 0x02, 0x00, 0x07);
        Assert.Equal(ReasonCode.Success, await Reason(again, PacketType.Pubcomp));
        await again.Say(0x62, 0x02, 0x00, 0x07);
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, await Reason(again, PacketType.Pubcomp));

        Assert.Equal("x", (await gateway.Host.Messages.Next()).Payload);
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_released_message_is_released_again_after_a_cut_and_not_sent()
    {
        await using var gateway = new Gateway();
        using (var raw = await gateway.Raw())
        {
            await raw.Connect();
            await raw.Subscribe("a", Qos.ExactlyOnce);
            await raw.Hear(PacketType.Suback);
            gateway.Server.Send("raw", "a", "1"u8, Qos.ExactlyOnce);
            gateway.Server.Send("raw", "a", "2"u8, Qos.ExactlyOnce);
            await raw.HearMessage();
            await raw.HearMessage();
            await raw.Say(0x50, 0x02, 0x00, 0x01);
            await raw.Hear(PacketType.Pubrel);
        }
        await gateway.Host.Departures.Next();

        using var again = await gateway.Raw();
        await again.Connect();
        await again.Hear(PacketType.Pubrel);
        var second = await again.HearMessage();
        Assert.Equal(("2", true), (Encoding.UTF8.GetString(second.Payload.Span), second.Duplicate));
        await again.Say(0x70, 0x02, 0x00, 0x01, 0x50, 0x02, 0x00, 0x02);
        await again.Hear(PacketType.Pubrel);
    }

    [Fact]
    public async Task A_client_that_refuses_a_message_is_rid_of_it_and_one_unknown_is_said_so()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect(properties: new Properties { ReceiveMaximum = 1 });
        await raw.Subscribe("a", Qos.ExactlyOnce);
        await raw.Hear(PacketType.Suback);
        gateway.Server.Send("raw", "a", "1"u8, Qos.ExactlyOnce);
        gateway.Server.Send("raw", "a", "2"u8, Qos.ExactlyOnce);
        await raw.HearMessage();
        await raw.Say(0x50, 0x03, 0x00, 0x01, 0x97);
        Assert.Equal("2", Encoding.UTF8.GetString((await raw.HearMessage()).Payload.Span));

        await raw.Say(0x50, 0x02, 0x00, 0x09);
        Assert.Equal(ReasonCode.PacketIdentifierNotFound, await Reason(raw, PacketType.Pubrel));
    }

    [Fact]
    public async Task More_under_way_than_the_server_takes_ends_the_connection()
    {
        await using var gateway = new Gateway(o => o with { ReceiveMaximum = 2 });
        using var raw = await gateway.Raw();
        Assert.Equal((ushort?)2, (await raw.Connect()).Properties.ReceiveMaximum);
        for (byte n = 1; n <= 3; n++)
            await raw.Say(0x34, 0x06, 0x00, 0x01, 0x61, 0x00, n, 0x00);
        await raw.Hear(PacketType.Pubrec);
        await raw.Hear(PacketType.Pubrec);
        Assert.Equal(ReasonCode.ReceiveMaximumExceeded, await raw.HearGoodbye());
    }

    [Fact]
    public async Task A_client_of_ours_finishes_what_a_cut_interrupted()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("in", Qos.ExactlyOnce);
        var hold = new TaskCompletionSource();
        gateway.Host.Receiving = async (_, _) => await hold.Task;
        var publishing = device.Client.Publish("out", "x"u8.ToArray(), Qos.ExactlyOnce, CancellationToken.None);
        await Patience.Until(() => device.Client.IsConnected);
        await device.Cut();
        await Assert.ThrowsAsync<MqttException>(() => publishing.Soon());
        hold.SetResult();

        await device.Reconnect();

        await device.Publish("out", "y", Qos.ExactlyOnce);
        Assert.Equal("x", (await gateway.Host.Messages.Next()).Payload);
        Assert.Equal("y", (await gateway.Host.Messages.Next()).Payload);
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));
    }

    static (string, Qos) Said(TestHost.Heard heard) => (heard.Payload, heard.Qos);

    static async Task<ReasonCode> Reason(RawDevice raw, PacketType type)
    {
        AcknowledgementPacket.Read(await raw.Hear(type), ProtocolVersion.V5, out var packet);
        return packet.Reason;
    }
}
