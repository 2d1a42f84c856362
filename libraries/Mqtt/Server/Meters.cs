using System.Diagnostics.Metrics;

namespace Loa.Mqtt.Server;

/// <summary>What the server counts, under the meter "Loa.Mqtt".</summary>
sealed class Meters : IDisposable
{
    public const string Name = "Loa.Mqtt";

    readonly Meter meter;
    readonly Counter<long> opened;
    readonly Counter<long> closed;
    readonly Counter<long> refusedConnections;
    readonly Counter<long> received;
    readonly Counter<long> sent;
    readonly Counter<long> dropped;
    readonly Counter<long> refusedMessages;
    readonly Counter<long> hostFailures;
    readonly Counter<long> heldBack;

    /// <param name="factory">Whose meters these are; null for a process that has one server.</param>
    public Meters(
        IMeterFactory? factory,
        Func<int> connections,
        Func<int> sessions,
        Func<int> waiting,
        Func<long> retained
    )
    {
        meter = factory?.Create(Name) ?? new Meter(Name);
        opened = meter.CreateCounter<long>("mqtt.connections.opened");
        closed = meter.CreateCounter<long>("mqtt.connections.closed");
        refusedConnections = meter.CreateCounter<long>("mqtt.connections.refused");
        received = meter.CreateCounter<long>("mqtt.messages.received");
        sent = meter.CreateCounter<long>("mqtt.messages.sent");
        dropped = meter.CreateCounter<long>("mqtt.messages.dropped");
        refusedMessages = meter.CreateCounter<long>("mqtt.messages.refused");
        hostFailures = meter.CreateCounter<long>("mqtt.host.failures");
        heldBack = meter.CreateCounter<long>("mqtt.clients.held_back");
        meter.CreateObservableGauge("mqtt.connections", connections);
        meter.CreateObservableGauge("mqtt.sessions", sessions);
        meter.CreateObservableGauge("mqtt.connections.waiting", waiting);
        meter.CreateObservableGauge("mqtt.retained.bytes", retained);
    }

    public void Opened() => opened.Add(1);

    public void Closed(ReasonCode reason) => closed.Add(1, Because(reason));

    public void RefusedConnection(ReasonCode reason) => refusedConnections.Add(1, Because(reason));

    public void Received() => received.Add(1);

    public void Sent(int count) => sent.Add(count);

    public void Dropped(int count) => dropped.Add(count);

    public void RefusedMessage(ReasonCode reason) => refusedMessages.Add(1, Because(reason));

    public void HostFailed() => hostFailures.Add(1);

    public void HeldBack() => heldBack.Add(1);

    public void Dispose() => meter.Dispose();

    static KeyValuePair<string, object?> Because(ReasonCode reason) => new("reason", names[(byte)reason]);

    // Made once: a counter under attack must not allocate.
    static readonly string[] names = [.. Enumerable.Range(0, 256).Select(code => ((ReasonCode)code).ToString())];
}
