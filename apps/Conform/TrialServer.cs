using System.Net;
using Loa.Air;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.AspNetCore.Builder;

namespace Loa.Conform;

/// <summary>A whole small server for one speaker: it claims it, tells it the time, and keeps what it says.</summary>
sealed class TrialServer : IAsyncDisposable
{
    public const string Name = "thu.nghiem";

    readonly WebApplication web;
    MqttServer mqtt;

    TrialServer(TrialKeys keys, TrialSounds sounds)
    {
        (Keys, Sounds) = (keys, sounds);
        Host = new TrialHost(keys);
        mqtt = Open(0);
        Desk = new TrialWeb(keys, sounds, Host, $"127.0.0.1:{mqtt.EndPoint.Port}");
        web = Desk.Make();
    }

    public TrialKeys Keys { get; }

    public TrialSounds Sounds { get; }

    public TrialHost Host { get; }

    public TrialWeb Desk { get; }

    public string Http => web.Urls.First();

    public static async Task<TrialServer> Start(TrialSounds sounds, CancellationToken cancel)
    {
        var server = new TrialServer(new TrialKeys(), sounds);
        await server.web.StartAsync(cancel);
        return server;
    }

    public void Say(TestedSpeaker speaker, AirTopic topic, byte[] message) =>
        mqtt.Send($"{speaker.Id:d}", Topics.Of(speaker.Id, topic), message, Qos.AtLeastOnce);

    /// <summary>The line breaks, and a server that kept no session is there again at the same address.</summary>
    public async Task BreakOff()
    {
        var port = mqtt.EndPoint.Port;
        await mqtt.DisposeAsync();
        mqtt = Open(port);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await mqtt.DisposeAsync();
    }

    MqttServer Open(int port)
    {
        var opened = new MqttServer(
            new MqttServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, port),
                MaximumKeepAlive = TimeSpan.FromSeconds(29),
            },
            Host,
            TimeProvider.System
        );
        Host.Say = (id, topic, message) => opened.Send($"{id:d}", Topics.Of(id, topic), message, Qos.AtLeastOnce);
        opened.Start();
        return opened;
    }
}
