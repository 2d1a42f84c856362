using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>From the host to the devices: what arrives, in which order, and what comes again after a lost line.</summary>
public sealed class DeliveryTests
{
    [Theory]
    [InlineData(Qos.AtMostOnce)]
    [InlineData(Qos.AtLeastOnce)]
    public async Task A_message_reaches_the_client_that_subscribed(Qos qos)
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("loa/speaker/in/#");

        Assert.Equal(Delivery.Queued, Send(gateway, "loa/speaker/in/command", "xin chào", qos));

        Assert.Equal(new Device.Heard("loa/speaker/in/command", "xin chào", qos, false), await device.Messages.Next());
    }

    [Fact]
    public async Task The_lower_of_the_two_qualities_is_used()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("a", Qos.AtMostOnce);
        Send(gateway, "a", "x", Qos.AtLeastOnce);
        Assert.Equal(Qos.AtMostOnce, (await device.Messages.Next()).Qos);
    }

    [Fact]
    public async Task Each_answer_of_send_says_what_happened()
    {
        await using var gateway = new Gateway(o => o with { MaximumKeptMessages = 2 });
        Assert.Equal(Delivery.NoSession, Send(gateway, "a", "x", Qos.AtLeastOnce));
        var device = await gateway.Connected("speaker", o => o with { MaximumPacketSize = 100 });
        Assert.Equal(Delivery.NotSubscribed, Send(gateway, "a", "x", Qos.AtLeastOnce));
        await device.Subscribe("a");
        Assert.Equal(Delivery.TooLarge, Send(gateway, "a", new string('x', 100), Qos.AtLeastOnce));
        await device.Cut();
        await gateway.Host.Departures.Next();
        Assert.Equal(Delivery.NotConnected, Send(gateway, "a", "x", Qos.AtMostOnce));
        Assert.Equal(Delivery.Stored, Send(gateway, "a", "1", Qos.AtLeastOnce));
        Assert.Equal(Delivery.Stored, Send(gateway, "a", "2", Qos.AtLeastOnce));
        Assert.Equal(Delivery.Full, Send(gateway, "a", "3", Qos.AtLeastOnce));
        await device.Reconnect();
        Assert.Equal("1", (await device.Messages.Next()).Payload);
        Assert.Equal("2", (await device.Messages.Next()).Payload);
    }

    [Fact]
    public async Task Publish_reaches_all_who_subscribed_and_each_once()
    {
        await using var gateway = new Gateway();
        var both = await gateway.Connected("both");
        await both.Subscribe("news/#");
        await both.Subscribe("news/+");
        var exact = await gateway.Connected("exact");
        await exact.Subscribe("news/today");
        var other = await gateway.Connected("other");
        await other.Subscribe("weather");

        Assert.Equal(new FanOut(2, 0, 0), gateway.Server.Publish("news/today", "x"u8, Qos.AtLeastOnce));

        await both.Messages.Next();
        await exact.Messages.Next();
        await both.Client.Unsubscribe(["news/#", "news/+"], CancellationToken.None);
        Assert.Equal(new FanOut(1, 0, 0), gateway.Server.Publish("news/today", "y"u8, Qos.AtLeastOnce));
        Assert.False(both.Messages.Reader.TryRead(out _));
        Assert.False(other.Messages.Reader.TryRead(out _));
    }

    [Fact]
    public async Task One_message_to_many_carries_each_receivers_own_topic()
    {
        await using var gateway = new Gateway();
        var ids = new[] { "loa-1", "loa-2", "loa-3-đặc-biệt" };
        var devices = new List<Device>();
        foreach (var id in ids)
        {
            var device = await gateway.Connected(id);
            await device.Subscribe($"loa/{id}/in/command");
            devices.Add(device);
        }

        var sent = gateway.Server.Send(ids, "loa/{client}/in/command", "stop"u8, Qos.AtLeastOnce);

        Assert.Equal(new FanOut(3, 0, 0), sent);
        foreach (var (id, device) in ids.Zip(devices))
            Assert.Equal(
                new Device.Heard($"loa/{id}/in/command", "stop", Qos.AtLeastOnce, false),
                await device.Messages.Next()
            );
    }

    [Fact]
    public async Task A_large_message_arrives_whole_among_small_ones()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("a");
        var large = new string('â', 200_000);
        Send(gateway, "a", "before", Qos.AtLeastOnce);
        Send(gateway, "a", large, Qos.AtLeastOnce);
        Send(gateway, "a", "after", Qos.AtLeastOnce);
        Assert.Equal("before", (await device.Messages.Next()).Payload);
        Assert.Equal(large, (await device.Messages.Next()).Payload);
        Assert.Equal("after", (await device.Messages.Next()).Payload);
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_marked_and_in_order()
    {
        await using var gateway = new Gateway();
        using (var raw = await gateway.Raw())
        {
            await raw.Connect("speaker");
            await raw.Subscribe("a");
            await raw.Hear(PacketType.Suback);
            Send(gateway, "a", "1", Qos.AtLeastOnce);
            Send(gateway, "a", "2", Qos.AtLeastOnce);
            Assert.False((await raw.HearMessage()).Duplicate);
            await raw.HearMessage();
        }
        await gateway.Host.Departures.Next();
        Send(gateway, "a", "3", Qos.AtLeastOnce);

        using var again = await gateway.Raw();
        Assert.True((await again.Connect("speaker")).SessionPresent);
        var heard = new List<(string, bool, ushort)>();
        for (var n = 0; n < 3; n++)
        {
            var message = await again.HearMessage();
            heard.Add((Encoding.UTF8.GetString(message.Payload.Span), message.Duplicate, message.PacketId));
        }
        Assert.Equal([("1", true, 1), ("2", true, 2), ("3", false, 3)], heard);
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_client_allows()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect("speaker", properties: new Properties { ReceiveMaximum = 2 });
        await raw.Subscribe("a");
        await raw.Hear(PacketType.Suback);
        for (var n = 1; n <= 3; n++)
            Send(gateway, "a", $"{n}", Qos.AtLeastOnce);
        await raw.HearMessage();
        await raw.HearMessage();

        // Were a third message under way, it would come before the answer to the ping.
        await raw.Say(PingPackets.Request);
        await raw.Hear(PacketType.Pingresp);
        await raw.Say(0x40, 0x02, 0x00, 0x02);
        Assert.Equal("3", Encoding.UTF8.GetString((await raw.HearMessage()).Payload.Span));
    }

    [Fact]
    public async Task A_session_is_forgotten_when_its_time_is_over()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("speaker", o => o with { SessionExpiry = TimeSpan.FromMinutes(10) });
        await device.Cut();
        Assert.True((await gateway.Host.Departures.Next()).SessionKept);

        gateway.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(await device.Reconnect());
        await device.Cut();
        await gateway.Host.Departures.Next();
        gateway.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, gateway.Server.SessionCount);
        Assert.False(await device.Reconnect());
    }

    [Fact]
    public async Task A_clean_start_forgets_filters_and_messages()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        await device.Subscribe("a");
        await device.Cut();
        await gateway.Host.Departures.Next();
        Send(gateway, "a", "old", Qos.AtLeastOnce);

        var fresh = gateway.Device("speaker", o => o with { CleanStart = true });
        Assert.False(await fresh.Reconnect());
        Assert.Equal(Delivery.NotSubscribed, Send(gateway, "a", "new", Qos.AtLeastOnce));
    }

    [Fact]
    public async Task A_session_without_expiry_ends_with_its_connection()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("speaker", o => o with { SessionExpiry = TimeSpan.Zero });
        await device.Cut();
        Assert.False((await gateway.Host.Departures.Next()).SessionKept);
        Assert.Equal(Delivery.NoSession, Send(gateway, "a", "x", Qos.AtLeastOnce));
    }

    static Delivery Send(Gateway gateway, string topic, string payload, Qos qos) =>
        gateway.Server.Send("speaker", topic, Encoding.UTF8.GetBytes(payload), qos);
}
