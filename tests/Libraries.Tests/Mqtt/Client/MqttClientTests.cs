using System.Net;
using System.Net.Sockets;
using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Server;

namespace Loa.Mqtt.Client;

/// <summary>The device's side: what it does when the server is silent, gone, or breaks the protocol.</summary>
public sealed class MqttClientTests
{
    [Fact]
    public async Task An_idle_client_pings_and_stays()
    {
        await using var met = await Met.Begin();
        var (client, clock, server) = (met.Client, met.Clock, met.Server);

        var packet = new byte[100];
        for (var n = 0; n < 10; n++)
        {
            clock.Advance(TimeSpan.FromSeconds(29.4));
            Assert.Equal(2, await server.ReceiveAsync(packet).Soon());
            Assert.Equal("C000", Convert.ToHexString(packet, 0, 2));
            await server.SendAsync(Convert.FromHexString("D000"));

            // An answer to something asked later proves that the one before it was heard.
            var asked = client.Subscribe(["a"], Qos.AtMostOnce, CancellationToken.None);
            await server.ReceiveAsync(packet).Soon();
            await server.SendAsync(new byte[] { 0x90, 4, packet[2], packet[3], 0, 0 });
            await asked.Soon();
        }
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task A_silent_server_is_noticed()
    {
        await using var met = await Met.Begin();
        var (client, clock) = (met.Client, met.Clock);

        // It pings, and gives up when nothing came: what is due within one step would reckon from its end.
        clock.Advance(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(20));

        var why = await client.Ended.Soon();
        Assert.Equal((ReasonCode.KeepAliveTimeout, EndedBy.Network), (why.Reason, why.By));
    }

    [Fact]
    public async Task A_server_that_takes_all_and_says_nothing_is_noticed()
    {
        await using var met = await Met.Begin();
        var (client, clock) = (met.Client, met.Clock);

        // It never has to ping for want of something to send; after ten minutes it does for want of something to hear.
        for (var n = 0; n < 60; n++)
        {
            await client.Publish("a", Array.Empty<byte>(), Qos.AtMostOnce, CancellationToken.None);
            clock.Advance(TimeSpan.FromSeconds(10));
        }
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(client.IsConnected);
        clock.Advance(TimeSpan.FromSeconds(1));

        var why = await client.Ended.Soon();
        Assert.Equal((ReasonCode.KeepAliveTimeout, EndedBy.Network), (why.Reason, why.By));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var door = Door(out var port);
        var clock = new HeldClock();
        await using var client = new MqttClient(Options(port), clock);
        var connecting = client.Connect(CancellationToken.None);
        using var server = await door.AcceptAsync();
        clock.Advance(TimeSpan.FromSeconds(11));
        var failure = await Assert.ThrowsAsync<MqttException>(() => connecting.Soon());
        Assert.Equal(ReasonCode.ServerUnavailable, failure.Reason);
    }

    [Fact]
    public async Task Connecting_can_be_cancelled_and_tried_again()
    {
        using var door = Door(out var port);
        await using var client = new MqttClient(Options(port), new HeldClock());
        using var cancel = new CancellationTokenSource();
        var connecting = client.Connect(cancel.Token);
        using (await door.AcceptAsync())
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Soon());
        }
        connecting = client.Connect(CancellationToken.None);
        using var server = await Answering(door);
        Assert.False(await connecting.Soon());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        int port;
        using (Door(out port)) { }
        await using var client = new MqttClient(Options(port), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<MqttException>(() => client.Connect(CancellationToken.None));
        Assert.Equal(ReasonCode.ServerUnavailable, failure.Reason);
        await Assert.ThrowsAsync<MqttException>(() => client.Publish("a", default, Qos.AtMostOnce, default));
    }

    [Theory]
    [InlineData("360600016100010041", ReasonCode.MalformedPacket)]
    [InlineData("30FFFFFF7F", ReasonCode.PacketTooLarge)]
    [InlineData("3007000003230011" + "41", ReasonCode.TopicAliasInvalid)]
    [InlineData("3007000003230001" + "41", ReasonCode.TopicAliasInvalid)]
    [InlineData("20020000", ReasonCode.ProtocolError)]
    public async Task A_server_that_breaks_the_protocol_is_left(string hex, ReasonCode reason)
    {
        await using var met = await Met.Begin();
        await met.Server.SendAsync(Convert.FromHexString(hex));
        var why = await met.Client.Ended.Soon();
        Assert.Equal((reason, EndedBy.Client), (why.Reason, why.By));
    }

    [Fact]
    public async Task A_callback_may_publish_and_wait_for_the_server()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        device.BeforeAcknowledging = () => device.Publish("receipt", "done");
        await device.Subscribe("command");
        gateway.Server.Send("speaker", "command", "stop"u8, Qos.AtLeastOnce);
        Assert.Equal("done", (await gateway.Host.Messages.Next()).Payload);
    }

    [Fact]
    public async Task A_callback_that_throws_gets_the_message_again_on_the_next_connection()
    {
        await using var gateway = new Gateway();
        var device = await gateway.Connected();
        device.BeforeAcknowledging = () => throw new IOException("store");
        await device.Subscribe("command");
        gateway.Server.Send("speaker", "command", "stop"u8, Qos.AtLeastOnce);
        var why = await device.Ends.Next();
        Assert.Equal((ReasonCode.ImplementationSpecificError, "store"), (why.Reason, why.Failure?.Message));
        Assert.False((await device.Messages.Next()).Duplicate);

        device.BeforeAcknowledging = () => Task.CompletedTask;
        Assert.True(await device.Reconnect());
        Assert.True((await device.Messages.Next()).Duplicate);
    }

    [Fact]
    public async Task A_packet_larger_than_the_server_takes_is_not_sent()
    {
        await using var gateway = new Gateway(o => o with { MaximumPacketSize = 100 });
        var device = await gateway.Connected();
        var refusal = await Assert.ThrowsAsync<MqttException>(() => device.Publish("a", new string('x', 100)));
        Assert.Equal(ReasonCode.PacketTooLarge, refusal.Reason);
        await device.Publish("a", "small");
    }

    [Fact]
    public async Task A_cancelled_publish_does_not_hold_up_the_next()
    {
        await using var gateway = new Gateway();
        var open = new TaskCompletionSource();
        gateway.Host.Receiving = (_, _) => new ValueTask(open.Task);
        var device = await gateway.Connected("speaker", o => o with { MaximumInFlight = 1 });
        using var cancel = new CancellationTokenSource();
        var sent = device.Client.Publish("a", "1"u8.ToArray(), Qos.AtLeastOnce, cancel.Token);
        var waiting = device.Client.Publish("a", "2"u8.ToArray(), Qos.AtLeastOnce, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Soon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        open.SetResult();
        await device.Publish("a", "3");
        Assert.Equal("1", (await gateway.Host.Messages.Next()).Payload);
        Assert.Equal("3", (await gateway.Host.Messages.Next()).Payload);
    }

    static MqttClientOptions Options(int port) =>
        new()
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "speaker",
        };

    static Socket Door(out int port)
    {
        var door = new Socket(SocketType.Stream, ProtocolType.Tcp);
        door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        door.Listen();
        port = ((IPEndPoint)door.LocalEndPoint!).Port;
        return door;
    }

    static async Task<Socket> Answering(Socket door)
    {
        var server = await door.AcceptAsync();
        await server.ReceiveAsync(new byte[1000]);
        await server.SendAsync(Some.Written(w => new ConnackPacket().Write(w, ProtocolVersion.V5)));
        return server;
    }

    /// <summary>A client whose clock the test holds, let in by a server of which the test has the socket.</summary>
    sealed record Met(MqttClient Client, HeldClock Clock, Socket Server) : IAsyncDisposable
    {
        public static async Task<Met> Begin()
        {
            using var door = Door(out var port);
            var clock = new HeldClock();
            var client = new MqttClient(Options(port), clock);
            var connecting = client.Connect(CancellationToken.None);
            var server = await Answering(door);
            await connecting.Soon();
            return new(client, clock, server);
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            Server.Dispose();
        }
    }
}
