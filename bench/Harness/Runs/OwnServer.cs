using System.Globalization;
using System.Net;
using System.Text;
using Loa.Mqtt;
using Loa.Mqtt.Server;

namespace Loa.Bench.Runs;

/// <summary>
/// Our MQTT server in a process of its own. Its host does with a message what the gateway does: it carries it on, to all
/// whose names it holds (topic "all"), to all who subscribed ("heard/…"), or to one ("to/NAME").
/// </summary>
public sealed class OwnServer : IMqttHost, IAsyncDisposable
{
    static readonly Rate Unlimited = new(1e9, 1e9);

    public const string Verb = "serve";
    public const string ToAll = "all";
    public const string ToOne = "to/";
    public const string EachOwn = "loa/{client}/in/live";

    readonly MqttServer server;
    string[] names = [];

    OwnServer(bool tls)
    {
        server = new MqttServer(
            new MqttServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Tls = tls
                    ? new TlsListener
                    {
                        Listen = new IPEndPoint(IPAddress.Loopback, 0),
                        Certificate = TlsListener.Fixed(OwnCertificate.Make()),
                    }
                    : null,
                MaximumConnections = 100_000,
                MaximumSessions = 200_000,
                MaximumKeepAlive = TimeSpan.FromHours(12),
                ReceiveMaximum = ushort.MaxValue,
                // As in the gateway: the host carries on what clients say, and nobody else does so beside it.
                Relays = false,
                // The peers have no limit on what one client may say either; the one that publishes is the show itself.
                MessagesPerClient = Unlimited,
                BytesPerClient = Unlimited,
            },
            this,
            TimeProvider.System
        );
        server.Start();
    }

    /// <summary>Runs as the child process.</summary>
    public static async Task<int> Run(bool tls)
    {
        Load.OpenFiles.Need(11_000);
        await using var own = new OwnServer(tls);
        Console.WriteLine((tls ? own.server.TlsEndPoint : own.server.EndPoint).Port);
        return await Child.Obey(own.CarryOut);
    }

    public static async Task<(Child Process, int Port)> Start(bool tls = false)
    {
        var child = Child.Start(Verb, $"{tls}");
        return (child, int.Parse(await child.Answer("port"), CultureInfo.InvariantCulture));
    }

    Task<string> CarryOut(string[] order)
    {
        if (order[0] == "names")
            names = [.. Enumerable.Range(0, int.Parse(order[1], CultureInfo.InvariantCulture)).Select(Names.Of)];
        return Collect(order);
    }

    /// <summary>Gives back what nobody holds any more when the order says so; tells what is held.</summary>
    public static Task<string> Collect(string[] order)
    {
        if (order[0] == "gc")
            for (var i = 0; i < 3; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
        return Task.FromResult($"{GC.GetTotalMemory(false)}");
    }

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel) =>
        ValueTask.FromResult(AdmissionDecision.Accept());

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) => true;

    public bool MaySubscribe(string clientId, string filter) => true;

    public ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        var topic = message.TopicUtf8.Span;
        if (topic.SequenceEqual("all"u8))
            server.Send(names, EachOwn, message.Payload.Span, Qos.AtMostOnce);
        else if (topic.StartsWith("to/"u8))
            ToOneOf(Encoding.ASCII.GetString(topic[ToOne.Length..]), message.Payload.Span);
        else
            server.Publish(message.Topic, message.Payload.Span, Qos.AtMostOnce);
        return ValueTask.CompletedTask;
    }

    public void Failed(string? clientId, Exception failure) => Console.Error.WriteLine($"{clientId}: {failure}");

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    void ToOneOf(string name, ReadOnlySpan<byte> payload) =>
        server.Send(name, $"loa/{name}/in/command", payload, Qos.AtLeastOnce);
}
