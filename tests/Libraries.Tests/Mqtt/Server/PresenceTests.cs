using System.Net.Sockets;
using System.Text;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>When a device counts as gone, and what is told in its name.</summary>
public sealed class PresenceTests
{
    static readonly Client.ClientWill offline = new("loa/speaker/out/state", "off"u8.ToArray());

    [Fact]
    public async Task A_cut_line_tells_the_will_and_a_goodbye_does_not()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("speaker", o => o with { Will = offline });
        await device.Client.Disconnect(tellWill: false, CancellationToken.None).Soon();
        var left = await gateway.Host.Departures.Next();
        Assert.Equal((ReasonCode.Success, EndedBy.Client), (left.Why.Reason, left.Why.By));
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));

        await device.Reconnect();
        await device.Client.Disconnect(tellWill: true, CancellationToken.None).Soon();
        Assert.True((await gateway.Host.Messages.Next()).IsWill);
        await gateway.Host.Departures.Next();

        await device.Reconnect();
        await device.Cut();
        Assert.Equal(
            new TestHost.Heard("speaker", "loa/speaker/out/state", "off", Qos.AtLeastOnce, false, IsWill: true),
            await gateway.Host.Messages.Next()
        );
        Assert.Equal(EndedBy.Network, (await gateway.Host.Departures.Next()).Why.By);
    }

    [Fact]
    public async Task A_late_will_is_told_only_if_the_device_stays_away()
    {
        await using var gateway = new Gateway();
        var late = offline with { Delay = TimeSpan.FromSeconds(30) };
        var device = await gateway.Connected("speaker", o => o with { Will = late });
        await device.Cut();
        await gateway.Host.Departures.Next();
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        await device.Reconnect();
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));

        await device.Cut();
        await gateway.Host.Departures.Next();
        gateway.Clock.Advance(TimeSpan.FromSeconds(32));
        Assert.True((await gateway.Host.Messages.Next()).IsWill);
    }

    [Fact]
    public async Task A_silent_device_is_gone_after_one_and_a_half_keep_alives()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect(keepAlive: 30);
        await gateway.Host.Arrivals.Next();
        gateway.Clock.Advance(TimeSpan.FromSeconds(40));
        await raw.Say(PingPackets.Request);
        await raw.Hear(PacketType.Pingresp);
        gateway.Clock.Advance(TimeSpan.FromSeconds(44));
        Assert.True(gateway.Server.IsConnected("raw"));
        gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(ReasonCode.KeepAliveTimeout, await raw.HearGoodbye());
        Assert.Equal(ReasonCode.KeepAliveTimeout, (await gateway.Host.Departures.Next()).Why.Reason);
    }

    [Fact]
    public async Task A_client_that_wants_no_keep_alive_is_given_one()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        Assert.Equal(300, (await raw.Connect(keepAlive: 0)).Properties.ServerKeepAlive!.Value);
    }

    [Fact]
    public async Task A_device_whose_host_is_slow_is_not_taken_for_silent()
    {
        await using var gateway = new Gateway();
        var (reached, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Host.Receiving = async (_, _) =>
        {
            reached.SetResult();
            await open.Task;
        };
        using var raw = await gateway.Raw();
        await raw.Connect(keepAlive: 10);
        await raw.Say(0x32, 0x06, 0x00, 0x01, 0x61, 0x00, 0x05, 0x00);
        await reached.Task.Soon();
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        open.SetResult();
        await raw.Hear(PacketType.Puback);
    }

    [Fact]
    public async Task A_second_connection_takes_over_and_the_will_of_the_first_is_told()
    {
        await using var gateway = new Gateway();
        var first = await gateway.Connected("speaker", o => o with { Will = offline });
        await first.Subscribe("a");
        await gateway.Host.Arrivals.Next();
        var second = gateway.Device("speaker");

        Assert.True(await second.Reconnect());

        Assert.Equal(ReasonCode.SessionTakenOver, (await first.Ends.Next()).Reason);
        var left = await gateway.Host.Departures.Next();
        Assert.Equal((ReasonCode.SessionTakenOver, true), (left.Why.Reason, left.SessionKept));
        Assert.Equal(("speaker", true), await gateway.Host.Arrivals.Next());
        gateway.Server.Send("speaker", "a", "to the second"u8, Qos.AtLeastOnce);
        Assert.Equal("to the second", (await second.Messages.Next()).Payload);
        Assert.True((await gateway.Host.Messages.Next()).IsWill);
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));
        Assert.Equal(1, gateway.Server.SessionCount);
    }

    // MQTT 5.0, 3.1.3.2.2: a will that waits is called off by who goes on with the session, and told when the session ends.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    public async Task A_will_that_waits_is_told_when_its_session_ends(bool takesOver, bool clean, bool told)
    {
        await using var gateway = new Gateway();
        var late = offline with { Delay = TimeSpan.FromSeconds(30) };
        var first = await gateway.Connected("speaker", o => o with { Will = late });
        await gateway.Host.Arrivals.Next();
        if (!takesOver)
        {
            await first.Cut();
            await gateway.Host.Departures.Next();
        }

        using var second = await gateway.Raw();
        await second.Connect("speaker", properties: new() { SessionExpiry = 3600 }, clean: clean);
        if (takesOver)
            await gateway.Host.Departures.Next();
        await gateway.Host.Arrivals.Next();
        gateway.Clock.Advance(TimeSpan.FromSeconds(60));
        await second.Say(PingPackets.Request);
        await second.Hear(PacketType.Pingresp);

        Assert.Equal(told, gateway.Host.Messages.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_take_over_tells_the_will_of_a_client_of_3_1_1_too()
    {
        await using var gateway = new Gateway();
        using var first = await gateway.Raw();
        var will = new Will { Topic = "out", Payload = "off"u8.ToArray() };
        await first.Connect("speaker", ProtocolVersion.V311, will: will);
        using var second = await gateway.Raw();

        await second.Connect("speaker", ProtocolVersion.V311);

        Assert.True((await gateway.Host.Messages.Next()).IsWill);
    }

    [Fact]
    public async Task Many_connections_of_one_name_leave_exactly_one()
    {
        await using var gateway = new Gateway();
        var all = Enumerable.Range(0, 30).Select(_ => gateway.Device("speaker")).ToArray();
        await Task.WhenAll(
            all.Select(async device =>
            {
                try
                {
                    await device.Client.Connect(CancellationToken.None).Soon();
                }
                catch (MqttException)
                {
                    // Overtaken at admission.
                }
            })
        );
        var last = gateway.Device("speaker");
        await last.Reconnect();
        await Task.WhenAll(all.Select(device => device.Client.Ended)).Soon();
        Assert.True(last.Client.IsConnected);
        Assert.Equal(1, gateway.Server.SessionCount);
        await last.Subscribe("a");
        Assert.Equal(Delivery.Queued, gateway.Server.Send("speaker", "a", "x"u8, Qos.AtLeastOnce));
        await last.Messages.Next();
    }

    [Fact]
    public async Task A_dead_line_is_taken_over_at_once()
    {
        await using var gateway = new Gateway();
        using var dead = await gateway.Raw();
        await dead.Connect("speaker");
        await dead.Subscribe("a", Qos.AtMostOnce);
        await dead.Hear(PacketType.Suback);

        // It reads nothing any more: the server's last writes to it stay stuck.
        for (var n = 0; n < 300; n++)
            gateway.Server.Send("speaker", "a", new byte[60_000], Qos.AtMostOnce);
        var alive = gateway.Device("speaker");
        Assert.True(await alive.Reconnect());
    }

    [Fact]
    public async Task A_planned_stop_is_told_to_the_clients_and_raises_no_alarm()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected("speaker", o => o with { Will = offline });
        await gateway.Server.Stop(CancellationToken.None).Soon();
        Assert.Equal(
            (ReasonCode.ServerShuttingDown, EndedBy.Server),
            ((await device.Ends.Next()) is var why) ? (why.Reason, why.By) : default
        );
        await gateway.Host.Departures.Next();
        Assert.False(gateway.Host.Messages.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_revoked_device_is_shown_out_and_forgotten()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        Assert.True(gateway.Server.Disconnect("speaker", ReasonCode.NotAuthorized, forget: true));
        Assert.Equal(ReasonCode.NotAuthorized, (await device.Ends.Next()).Reason);
        Assert.False((await gateway.Host.Departures.Next()).SessionKept);
        Assert.False(await device.Reconnect());
    }

    [Fact]
    public async Task A_reset_line_is_an_end_like_any_other()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Connect();
        raw.Socket.LingerState = new LingerOption(true, 0);
        raw.Socket.Close();
        Assert.Equal(EndedBy.Network, (await gateway.Host.Departures.Next()).Why.By);
        Assert.False(gateway.Host.Failures.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Who_comes_back_at_once_is_told_of_after_its_end_was_heard(int hours, bool shownOut)
    {
        await using var gateway = new Gateway();
        var (leaving, heard) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Host.Leaving = id => id == "speaker" && leaving.TrySetResult() ? heard.Task : Task.CompletedTask;
        var first = await gateway.Connected(with: o => o with { SessionExpiry = TimeSpan.FromHours(hours) });
        if (shownOut)
            gateway.Server.Disconnect("speaker", ReasonCode.NotAuthorized, forget: true);
        else
            await first.Cut();
        await leaving.Task.Soon();

        var again = gateway.Device("speaker").Client.Connect(CancellationToken.None);
        await Patience.Until(() => gateway.Host.Asked == 2);
        // As long as a whole connection takes, the newcomer is not in yet.
        await gateway.Connected("another");
        var arrivals = gateway.Host.ArrivalsOf["speaker"];
        heard.SetResult();
        Assert.Equal(1, arrivals);
        Assert.False(await again.Soon());
        await Patience.Until(() => gateway.Host.ArrivalsOf["speaker"] == 2);
    }
}
