using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>From one client to others: what goes along unaltered, and what each receiver says it wants (MQTT 5.0, 3.3 and 3.8).</summary>
public sealed class RouterTests
{
    [Fact]
    public async Task All_a_sender_says_of_a_message_goes_along()
    {
        await using var gateway = new Gateway();
        var hears = new TaskCompletionSource<MessageProperties>();
        var receiver = await gateway.Connected(
            "receiver",
            o =>
                o with
                {
                    Received = (message, _) =>
                    {
                        hears.TrySetResult(message.Properties);
                        return ValueTask.CompletedTask;
                    },
                }
        );
        await receiver.Subscribe("a", Qos.ExactlyOnce);
        var sender = await gateway.Connected("sender");
        var said = new MessageProperties
        {
            IsText = true,
            ContentType = "text/vi",
            ResponseTopic = "answers",
            CorrelationData = new byte[] { 1, 2, 3 },
            Expiry = TimeSpan.FromSeconds(90),
            User = [new("xã", "Tân Khai"), new("xã", "Lộc Tấn"), new("a", "")],
        };

        await sender.Client.Publish("a", "x"u8.ToArray(), Qos.ExactlyOnce, false, said, CancellationToken.None);

        var heard = await hears.Task.Soon();
        Assert.Equal(said.User, heard.User);
        Assert.Equal(said.CorrelationData.Value.ToArray(), heard.CorrelationData!.Value.ToArray());
        Assert.Equal(
            (said.IsText, said.ContentType, said.ResponseTopic, said.Expiry),
            (heard.IsText, heard.ContentType, heard.ResponseTopic, heard.Expiry)
        );
    }

    [Fact]
    public async Task An_elder_hears_the_payload_alone()
    {
        await using var gateway = new Gateway();
        using var elder = await gateway.Raw();
        await elder.Connect("elder", ProtocolVersion.V311);
        await elder.Say(Convert.FromHexString("8206" + "0001" + "000161" + "02"));
        await elder.Hear(PacketType.Suback);
        var sender = await gateway.Connected("sender");
        var said = new MessageProperties { ContentType = "text/plain", Expiry = TimeSpan.FromMinutes(1) };
        await sender.Client.Publish("a", "hello"u8.ToArray(), Qos.AtLeastOnce, false, said, CancellationToken.None);
        var frame = await elder.Hear(PacketType.Publish);
        Assert.Equal("000161" + "0001" + Convert.ToHexString("hello"u8), Convert.ToHexString(frame.Body.Span));
    }

    [Fact]
    public async Task What_waited_too_long_is_not_told_any_more()
    {
        await using var gateway = new Gateway();
        var away = await gateway.Connected("away");
        await away.Subscribe("a");
        await away.Cut();
        await gateway.Host.Departures.Next();
        foreach (var seconds in new[] { 5, 60 })
            gateway.Server.Publish(
                "a",
                Encoding.UTF8.GetBytes($"{seconds}"),
                Qos.AtLeastOnce,
                properties: new MessageProperties { Expiry = TimeSpan.FromSeconds(seconds) }
            );
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));

        using var raw = await gateway.Raw();
        await raw.Connect("away");

        var message = await raw.HearMessage();
        Assert.Equal(("60", 40u), (Encoding.UTF8.GetString(message.Payload.Span), message.Properties.MessageExpiry));
    }

    [Fact]
    public async Task Who_wants_no_echo_hears_the_others_only()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("device");
        await device.Client.Subscribe(["a"], new SubscribeOptions { NoLocal = true }, CancellationToken.None);
        var other = await gateway.Connected("other");
        await device.Publish("a", "own");
        await other.Publish("a", "other's");
        Assert.Equal("other's", (await device.Messages.Next()).Payload);
    }

    [Fact]
    public async Task A_message_bears_the_identifiers_of_all_subscriptions_that_caught_it_and_the_best_quality()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect();
        await raw.Say(Convert.FromHexString("820B" + "0001" + "020B07" + "0003612F23" + "00"));
        await raw.Hear(PacketType.Suback);
        await raw.Say(Convert.FromHexString("820C" + "0002" + "030BAC02" + "0003612F62" + "01"));
        await raw.Hear(PacketType.Suback);
        await raw.Say(Convert.FromHexString("8209" + "0003" + "00" + "0003612F2B" + "00"));
        await raw.Hear(PacketType.Suback);

        gateway.Server.Publish("a/b", "x"u8, Qos.ExactlyOnce);

        var message = await raw.HearMessage();
        Assert.Equal(Qos.AtLeastOnce, message.Qos);
        Assert.Equal([7u, 300u], message.Properties.SubscriptionIdentifiers!.Order());
    }

    [Fact]
    public async Task A_client_may_shorten_its_topics()
    {
        await using var gateway = new Gateway();
        var other = await gateway.Connected("other");
        await other.Subscribe("loa/#");
        using var raw = await gateway.Raw();
        Assert.Equal((ushort?)16, (await raw.Connect()).Properties.TopicAliasMaximum);
        await raw.Say(Convert.FromHexString("300C" + "00056C6F612F61" + "03230010" + "31"));
        await raw.Say(Convert.FromHexString("3007" + "0000" + "03230010" + "32"));
        Assert.Equal(("loa/a", "1"), Said(await other.Messages.Next()));
        Assert.Equal(("loa/a", "2"), Said(await other.Messages.Next()));
    }

    [Fact]
    public async Task Topics_are_shortened_towards_a_client_that_allows_it()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect(properties: new Properties { TopicAliasMaximum = 1 });
        await raw.Subscribe("#", Qos.AtMostOnce);
        await raw.Hear(PacketType.Suback);
        var heard = new List<(string, ushort?)>();
        foreach (var topic in new[] { "a", "b", "a", "b" })
        {
            gateway.Server.Publish(topic, "x"u8, Qos.AtMostOnce);
            var message = await raw.HearMessage();
            heard.Add((Encoding.UTF8.GetString(message.Topic.Span), message.Properties.TopicAlias));
        }
        Assert.Equal([("a", 1), ("b", null), ("", 1), ("b", null)], heard);
        var device = await gateway.Connected("ours");
        await device.Subscribe("#");
        for (var n = 0; n < 40; n++)
            gateway.Server.Publish($"t/{n % 20}", "x"u8, Qos.AtLeastOnce);
        for (var n = 0; n < 40; n++)
            Assert.Equal($"t/{n % 20}", (await device.Messages.Next()).Topic);
    }

    [Fact]
    public async Task A_host_that_carries_messages_itself_is_left_to_it()
    {
        await using var gateway = new Gateway(o => o with { Relays = false });
        var device = await gateway.Connected();
        await device.Subscribe("a");
        await device.Publish("a", "for the host");
        Assert.Equal("for the host", (await gateway.Host.Messages.Next()).Payload);
        gateway.Server.Publish("a", "of the host"u8, Qos.AtLeastOnce);
        Assert.Equal("of the host", (await device.Messages.Next()).Payload);
    }

    static (string, string) Said(Device.Heard heard) => (heard.Topic, heard.Payload);
}
