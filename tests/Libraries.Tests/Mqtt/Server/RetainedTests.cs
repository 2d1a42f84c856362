using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>What is retained is told to those who come later, as they want it, and within bounds (MQTT 5.0, 3.3.1.3).</summary>
public sealed class RetainedTests
{
    [Fact]
    public async Task Who_subscribes_later_hears_the_last_one_marked()
    {
        await using var gateway = new Gateway();
        var sender = await gateway.Connected("sender");
        await Retain(sender, "state/a", "old");
        await Retain(sender, "state/a", "new");
        await Retain(sender, "state/b", "b");
        await Retain(sender, "state/b", "");
        var late = await gateway.Connected("late");

        await late.Subscribe("state/+", Qos.ExactlyOnce);
        await sender.Publish("state/c", "live");

        Assert.Equal(
            new Device.Heard("state/a", "new", Qos.AtLeastOnce, false) { Retain = true },
            await late.Messages.Next()
        );
        Assert.Equal(new Device.Heard("state/c", "live", Qos.AtLeastOnce, false), await late.Messages.Next());
        Assert.Equal(1, gateway.Server.RetainedCount);
    }

    [Theory]
    [InlineData(RetainHandling.Always, 2)]
    [InlineData(RetainHandling.IfNew, 1)]
    [InlineData(RetainHandling.Never, 0)]
    public async Task A_subscriber_says_when_it_wants_them(RetainHandling handling, int times)
    {
        await using var gateway = new Gateway();
        gateway.Server.Publish("a", "kept"u8, Qos.AtLeastOnce, retain: true);
        var device = await gateway.Connected();
        var wanted = new SubscribeOptions { RetainHandling = handling };

        await device.Client.Subscribe(["a"], wanted, CancellationToken.None);
        await device.Client.Subscribe(["a"], wanted, CancellationToken.None);
        gateway.Server.Publish("a", "end"u8, Qos.AtLeastOnce);

        var heard = new List<string>();
        while (heard.LastOrDefault() != "end")
            heard.Add((await device.Messages.Next()).Payload);
        Assert.Equal(times, heard.Count(payload => payload == "kept"));
    }

    [Fact]
    public async Task The_flag_stays_as_published_for_those_who_ask()
    {
        await using var gateway = new Gateway();
        var asks = await gateway.Connected("asks");
        await asks.Client.Subscribe(["a"], new SubscribeOptions { RetainAsPublished = true }, CancellationToken.None);
        var plain = await gateway.Connected("plain");
        await plain.Subscribe("a");
        gateway.Server.Publish("a", "x"u8, Qos.AtMostOnce, retain: true);
        Assert.True((await asks.Messages.Next()).Retain);
        Assert.False((await plain.Messages.Next()).Retain);
    }

    [Fact]
    public async Task All_of_very_many_arrive_though_the_window_is_small()
    {
        await using var gateway = new Gateway(o => o with { MaximumKeptMessages = 8, MaximumLiveMessages = 8 });
        for (var n = 0; n < 500; n++)
            gateway.Server.Publish($"state/{n}", "x"u8, n % 2 == 0 ? Qos.AtLeastOnce : Qos.AtMostOnce, retain: true);
        var device = await gateway.Connected("device", o => o with { ReceiveMaximum = 600, TopicAliases = 0 });
        await device.Subscribe("state/#");
        var heard = new HashSet<string>();
        while (heard.Count < 500)
            Assert.True(heard.Add((await device.Messages.Next()).Topic));
    }

    [Fact]
    public async Task What_has_expired_is_forgotten_and_what_has_not_says_how_long_it_lives()
    {
        await using var gateway = new Gateway();
        Expiring(gateway, "short", 5);
        Expiring(gateway, "long", 60);
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, gateway.Server.RetainedCount);
        using var raw = await gateway.Raw();
        await raw.Connect();
        await raw.Subscribe("#");
        await raw.Hear(PacketType.Suback);
        var message = await raw.HearMessage();
        Assert.Equal("long", Encoding.UTF8.GetString(message.Topic.Span));
        Assert.Equal(50u, message.Properties.MessageExpiry);
    }

    [Fact]
    public async Task There_is_room_for_so_many_and_no_more()
    {
        await using var gateway = new Gateway(o => o with { Retained = new RetainedBounds(2, 1000, 100) });
        var device = await gateway.Connected();
        await Retain(device, "a", "1");
        await Retain(device, "b", "1");
        var full = await Assert.ThrowsAsync<MqttException>(() => Retain(device, "c", "1"));
        var large = await Assert.ThrowsAsync<MqttException>(() => Retain(device, "a", new string('x', 101)));
        await Retain(device, "a", "2");
        await Retain(device, "b", "");
        await Retain(device, "c", "1");
        Assert.Equal((ReasonCode.QuotaExceeded, ReasonCode.QuotaExceeded), (full.Reason, large.Reason));
        Assert.Equal(2, gateway.Server.RetainedCount);
    }

    [Fact]
    public async Task A_server_that_keeps_nothing_says_so()
    {
        await using var gateway = new Gateway(o => o with { Retained = default });
        using var raw = await gateway.Raw();
        Assert.False((await raw.Connect()).Properties.RetainAvailable);
        await raw.Say(Convert.FromHexString("3104" + "000161" + "00"));
        Assert.Equal(ReasonCode.RetainNotSupported, await raw.HearGoodbye());
    }

    [Fact]
    public async Task A_retained_will_is_kept()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected(
            "speaker",
            o => o with { Will = new("state", "gone"u8.ToArray()) { Retain = true } }
        );
        await device.Cut();
        await gateway.Host.Departures.Next();
        var late = await gateway.Connected("late");
        await late.Subscribe("state");
        Assert.Equal(
            ("gone", true),
            ((await late.Messages.Next()) is var heard ? (heard.Payload, heard.Retain) : default)
        );
    }

    static void Expiring(Gateway gateway, string topic, int seconds) =>
        gateway.Server.Publish(
            topic,
            "x"u8,
            Qos.AtLeastOnce,
            retain: true,
            new MessageProperties { Expiry = TimeSpan.FromSeconds(seconds) }
        );

    static Task Retain(Device device, string topic, string payload) =>
        device
            .Client.Publish(
                topic,
                Encoding.UTF8.GetBytes(payload),
                Qos.AtLeastOnce,
                retain: true,
                MessageProperties.None,
                CancellationToken.None
            )
            .Soon();
}
