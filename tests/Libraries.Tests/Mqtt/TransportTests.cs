using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Loa.Mqtt.Client;
using Loa.Mqtt.Server;

namespace Loa.Mqtt;

/// <summary>The same talk over TCP, TLS and WebSocket, and who is not let in (MQTT 5.0, 4.2 and 6).</summary>
public sealed class TransportTests
{
    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    [InlineData("wss")]
    public async Task A_client_of_ours_talks_by_every_way(string scheme)
    {
        await using var gateway = new Gateway(Safe);
        await using var web = await WebDoor.Open(gateway.Server);
        var device = await gateway.Connected("speaker", o => Way(o, scheme, gateway, web));
        await device.Subscribe("in", Qos.ExactlyOnce);
        var large = new string('x', 300_000);

        await device.Publish("out", "up", Qos.ExactlyOnce);
        gateway.Server.Send("speaker", "in", Encoding.UTF8.GetBytes(large), Qos.ExactlyOnce);
        gateway.Server.Send("speaker", "in", "small"u8, Qos.AtMostOnce);

        Assert.Equal("up", (await gateway.Host.Messages.Next()).Payload);
        // The live one may overtake the one that takes three steps.
        var heard = new[] { (await device.Messages.Next()).Payload, (await device.Messages.Next()).Payload };
        Assert.Equal(["small", large], heard.OrderBy(payload => payload.Length));
        await device.Cut();
        await gateway.Host.Departures.Next();
        Assert.True(await device.Reconnect());
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_server_that_nobody_known_vouches_for_is_not_talked_to(string scheme)
    {
        await using var gateway = new Gateway(Safe);
        await using var web = await WebDoor.Open(gateway.Server);
        var device = gateway.Device("speaker", o => Way(o, scheme, gateway, web) with { Authority = null });
        await Assert.ThrowsAsync<MqttException>(device.Reconnect);
        Assert.False(gateway.Host.Arrivals.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_server_with_another_name_is_not_talked_to()
    {
        await using var gateway = new Gateway(Safe);
        await using var web = await WebDoor.Open(gateway.Server);
        var device = gateway.Device("speaker", o => Way(o, "mqtts", gateway, web) with { ServerName = "loa-thanh.vn" });
        Assert.Equal(ReasonCode.NotAuthorized, (await Assert.ThrowsAsync<MqttException>(device.Reconnect)).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_dates_of_a_certificate_say_something_to_who_knows_the_time(bool knows)
    {
        await using var gateway = new Gateway(o =>
            Safe(o) with
            {
                Tls = Safe(o).Tls! with { Certificate = TlsListener.Fixed(Certificates.Expired) },
            }
        );
        await using var web = await WebDoor.Open(gateway.Server);
        var device = gateway.Device("speaker", o => Way(o, "mqtts", gateway, web) with { KnowsTime = () => knows });
        if (knows)
            Assert.Equal(ReasonCode.NotAuthorized, (await Assert.ThrowsAsync<MqttException>(device.Reconnect)).Reason);
        else
            Assert.False(await device.Reconnect());
    }

    [Fact]
    public async Task Half_a_handshake_keeps_nobody_out()
    {
        // They would stand there for an hour, were it not for those who want in.
        await using var gateway = new Gateway(o =>
            Safe(o) with
            {
                Tls = Safe(o).Tls! with { MaximumHandshakes = 4 },
                HandshakeTimeout = TimeSpan.FromHours(1),
            }
        );
        await using var web = await WebDoor.Open(gateway.Server);
        var half = new List<Socket>();
        for (var n = 0; n < 50; n++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(gateway.Server.TlsEndPoint);
            await socket.SendAsync(Convert.FromHexString("160301"));
            half.Add(socket);
        }

        var device = gateway.Device("speaker", o => Way(o, "mqtts", gateway, web));
        var comingIn = Persist(device);
        while (!comingIn.IsCompleted)
        {
            gateway.Clock.Advance(TimeSpan.FromSeconds(0.25));
            await Task.WhenAny(comingIn, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.InRange(await comingIn, 1, 5);
        half.ForEach(socket => socket.Dispose());
    }

    // As a speaker does; how often it had to knock.
    static async Task<int> Persist(Device device)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await device.Reconnect();
                return attempt;
            }
            catch (MqttException) when (attempt < 5)
            {
                // Once more.
            }
        }
    }

    [Fact]
    public async Task Text_in_a_web_socket_ends_it()
    {
        await using var gateway = new Gateway();
        await using var web = await WebDoor.Open(gateway.Server);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{web.Port}/mqtt"), CancellationToken.None);
        await socket.SendAsync("CONNECT"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await Patience.Until(() => gateway.Server.ConnectionCount == 0);
        await Assert.ThrowsAnyAsync<WebSocketException>(() =>
            socket.ReceiveAsync(new byte[10], CancellationToken.None).Soon()
        );
    }

    [Fact]
    public async Task A_stopping_server_says_so_through_a_web_socket()
    {
        await using var gateway = new Gateway();
        await using var web = await WebDoor.Open(gateway.Server);
        var device = await gateway.Connected("speaker", o => Way(o, "ws", gateway, web));
        await gateway.Server.Stop(CancellationToken.None).Soon();
        var why = await device.Ends.Next();
        Assert.Equal((ReasonCode.ServerShuttingDown, EndedBy.Server), (why.Reason, why.By));
    }

    static MqttServerOptions Safe(MqttServerOptions options) =>
        options with
        {
            Tls = new TlsListener
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Certificate = TlsListener.Fixed(Certificates.Server),
            },
        };

    static MqttClientOptions Way(MqttClientOptions options, string scheme, Gateway gateway, WebDoor web)
    {
        var port = scheme switch
        {
            "mqtt" => gateway.Port,
            "mqtts" => gateway.Server.TlsEndPoint.Port,
            "ws" => web.Port,
            _ => web.SafePort,
        };
        return options with { Server = new Uri($"{scheme}://127.0.0.1:{port}"), Authority = Certificates.Authority };
    }
}
