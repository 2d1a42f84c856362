using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.WebSockets;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Jose;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;

namespace Loa.Gateway;

/// <summary>The connections of the speakers that are connected to this node: what is said to them, and the key each has proved.</summary>
/// <remarks>
/// For the gateway itself and the registry of connections. Whoever wants to tell a speaker something does it through
/// <see cref="IConnectionRegistry"/>, because the speaker may be connected elsewhere.
/// </remarks>
sealed class NodeConnections : IGatewayNode
{
    readonly ConcurrentDictionary<Guid, Proved> proved = new();
    readonly ConcurrentDictionary<Guid, ConnectionRef> taken = new();
    readonly int port;
    MqttServer? server;

    /// <param name="meters">Null for a node that nobody measures.</param>
    public NodeConnections(string name, string serverName, int port = 0, IMeterFactory? meters = null)
    {
        (Name, ServerName, this.port) = (name, serverName, port);
        meters
            ?.Create("Loa.Lines")
            .CreateObservableGauge(
                "loa.speakers.online",
                () => new Measurement<int>(taken.Count, new KeyValuePair<string, object?>("node", name)),
                description: "Speakers that are connected to this node."
            );
    }

    public string Name { get; }

    public string ServerName { get; }

    public int Port => server?.EndPoint.Port ?? port;

    public static NodeConnections Of(GatewayOptions options, IMeterFactory meters) =>
        new(options.Node, options.ServerName, options.Port, meters);

    public void Open(MqttServer opened) => server = opened;

    public void Close() => server = null;

    /// <summary>Serves a speaker that came by WebSocket, until it goes.</summary>
    public Task Serve(WebSocket socket, IPEndPoint remote) => server?.Serve(socket, remote) ?? Task.CompletedTask;

    public bool IsConnected(Guid speaker) => server?.IsConnected(ClientOf(speaker)) == true;

    public PublicKey? KeyOf(Guid speaker) => proved.GetValueOrDefault(speaker)?.Key;

    /// <param name="after">The number of the speaker's last connection as it was stored at that moment.</param>
    public void Prove(Guid speaker, PublicKey key, long after, Terms terms) => proved[speaker] = new(key, after, terms);

    public Terms? TermsOf(Guid speaker) => proved.GetValueOrDefault(speaker)?.Terms;

    public bool IsOld(Guid speaker) => TermsOf(speaker)?.IsOld ?? false;

    /// <summary>After which number the speaker's next connection is to be numbered.</summary>
    public long After(Guid speaker) => proved.GetValueOrDefault(speaker)?.After ?? 0;

    /// <summary>The speaker gave this nonce on its connection and was answered.</summary>
    public void Met(Guid speaker, string nonce)
    {
        if (proved.TryGetValue(speaker, out var known))
            proved.TryUpdate(speaker, known with { Nonce = nonce }, known);
    }

    public string? NonceOf(Guid speaker) => proved.GetValueOrDefault(speaker)?.Nonce;

    public void Took(Guid speaker, ConnectionRef connection) => taken[speaker] = connection;

    /// <summary>The connection of this speaker that was taken last and has not ended.</summary>
    public ConnectionRef? ConnectionOf(Guid speaker) => taken.GetValueOrDefault(speaker);

    public bool Holds(Guid speaker) => taken.ContainsKey(speaker);

    public void Ended(Guid speaker, ConnectionRef connection) =>
        taken.TryRemove(KeyValuePair.Create(speaker, connection));

    /// <summary>False when the speaker is not connected here: what it missed it is told when it comes.</summary>
    public bool Send(Guid speaker, AirTopic topic, ReadOnlySpan<byte> message)
    {
        // Not kept for those who are away: by the time they come back it may be out of date.
        if (server is not { } open || !open.IsConnected(ClientOf(speaker)))
            return false;
        return open.Send(ClientOf(speaker), Topics.Of(speaker, topic), message, Qos.AtLeastOnce, Asked())
            is Delivery.Queued
                or Delivery.Stored;
    }

    /// <summary>What is worth hearing now or never (QoS 0); false when the speaker is not connected here.</summary>
    public bool SendOnce(Guid speaker, AirTopic topic, ReadOnlySpan<byte> message) =>
        server?.Send(ClientOf(speaker), Topics.Of(speaker, topic), message, Qos.AtMostOnce) is Delivery.Queued;

    /// <summary>The same to all who are connected and know these rules, encoded once; returns to how many.</summary>
    public int SendToAll(AirTopic topic, ReadOnlySpan<byte> message, int protocol = AirProtocol.First)
    {
        if (server is not { } open)
            return 0;
        string[] clients = [.. Knowing(protocol).Select(ClientOf).Where(open.IsConnected)];
        return open.Send(clients, EachOwn(topic), message, Qos.AtLeastOnce).Queued;
    }

    IEnumerable<Guid> Knowing(int protocol) => proved.Where(p => p.Value.Terms.Protocol >= protocol).Select(p => p.Key);

    /// <summary>Shows a speaker out and forgets what was kept for it, because its key is no longer good here.</summary>
    public void Disconnect(Guid speaker)
    {
        proved.TryRemove(speaker, out _);
        server?.Disconnect(ClientOf(speaker), ReasonCode.NotAuthorized, forget: true);
    }

    /// <summary>The speaker is connected to another node now.</summary>
    public void LetGo(Guid speaker)
    {
        proved.TryRemove(speaker, out _);
        server?.Disconnect(ClientOf(speaker), ReasonCode.SessionTakenOver, forget: true);
    }

    /// <summary>Shows a speaker out that talks too much.</summary>
    public void Calm(Guid speaker) => server?.Disconnect(ClientOf(speaker), ReasonCode.MessageRateTooHigh);

    // For the speaker's log only; the documents say who ordered what.
    static MessageProperties? Asked() =>
        RequestTrace.Id is { } id ? new() { User = [new(Topics.RequestProperty, id)] } : null;

    static string EachOwn(AirTopic topic) =>
        Topics.Of(Guid.Empty, topic).Replace(ClientOf(Guid.Empty), "{client}", StringComparison.Ordinal);

    static string ClientOf(Guid speaker) => speaker.ToString("D");

    sealed record Proved(PublicKey Key, long After, Terms Terms, string? Nonce = null);
}
