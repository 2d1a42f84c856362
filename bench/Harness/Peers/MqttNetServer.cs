using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Loa.Bench.Load;
using Loa.Bench.Runs;
using MQTTnet.Server;

namespace Loa.Bench.Peers;

/// <summary>The MQTT server of the library MQTTnet in a process of its own, as its documentation begins it, without limits on what waits.</summary>
static class MqttNetServer
{
    public const string Verb = "mqttnet";

    /// <summary>Runs as the child process.</summary>
    public static async Task<int> Run(bool tls)
    {
        OpenFiles.Need(11_000);
        var port = Peer.FreePort();
        var options = new MqttServerOptionsBuilder().WithMaxPendingMessagesPerClient(100_000).WithoutDefaultEndpoint();
        if (tls)
            options
                .WithEncryptedEndpoint()
                .WithEncryptedEndpointBoundIPAddress(IPAddress.Loopback)
                .WithEncryptedEndpointPort(port)
                .WithEncryptionCertificate(OwnCertificate.Make())
                .WithEncryptionSslProtocol(SslProtocols.Tls13);
        else
            options
                .WithDefaultEndpoint()
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
                .WithDefaultEndpointPort(port);
        var built = options.Build();
        foreach (
            var endpoint in new MqttServerTcpEndpointBaseOptions[]
            {
                built.DefaultEndpointOptions,
                built.TlsEndpointOptions,
            }
        )
            endpoint.ConnectionBacklog = 10_000;
        using var server = new MqttServerFactory().CreateMqttServer(built);
        await server.StartAsync();
        Console.WriteLine(port);
        var ended = await Child.Obey(OwnServer.Collect);
        await server.StopAsync();
        return ended;
    }

    public static async Task<(Child Process, int Port)> Start(bool tls)
    {
        var child = Child.Start(Verb, $"{tls}");
        return (child, int.Parse(await child.Answer("port"), CultureInfo.InvariantCulture));
    }
}
