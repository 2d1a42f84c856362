using System.Collections.Concurrent;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>The connections of one process: its nodes are at hand, so sending is done at once.</summary>
sealed class LocalConnectionRegistry(TimeProvider clock) : IConnectionRegistry
{
    static readonly IReadOnlySet<Guid> nobody = new HashSet<Guid>();

    readonly ConcurrentDictionary<string, NodeConnections> nodes = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Guid, ConnectionRef> held = new();
    long last;

    /// <summary>A node of this process takes part.</summary>
    public void Join(NodeConnections node) => nodes[node.Name] = node;

    public ValueTask<IReadOnlySet<Guid>> Send(IReadOnlyCollection<OutgoingMessage> messages, CancellationToken cancel)
    {
        HashSet<Guid>? reached = null;
        foreach (var message in messages)
            if (NodeOf(message.Speaker)?.Send(message.Speaker, message.Topic, message.Message.Span) == true)
                (reached ??= []).Add(message.Speaker);
        return ValueTask.FromResult(reached ?? nobody);
    }

    public ValueTask SendToAll(
        AirTopic topic,
        ReadOnlyMemory<byte> message,
        CancellationToken cancel,
        int protocol = AirProtocol.First
    )
    {
        foreach (var node in nodes.Values)
            node.SendToAll(topic, message.Span, protocol);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyDictionary<Guid, ConnectionRef>> Find(
        IReadOnlyCollection<Guid> speakers,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<Guid, ConnectionRef>();
        foreach (var speaker in speakers)
            if (held.TryGetValue(speaker, out var connection) && nodes[connection.Node].IsConnected(speaker))
                found[speaker] = connection;
        return ValueTask.FromResult<IReadOnlyDictionary<Guid, ConnectionRef>>(found);
    }

    public ValueTask Disconnect(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        // Every node: one that holds no connection may still keep a session.
        foreach (var node in nodes.Values)
        foreach (var speaker in speakers)
            node.Disconnect(speaker);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ConnectionRef> Take(Guid speaker, string node, long after, CancellationToken cancel)
    {
        var connection = new ConnectionRef(node, Next(after));
        var before = held.GetValueOrDefault(speaker);
        held[speaker] = connection;
        if (before is not null && before.Node != node)
            nodes[before.Node].LetGo(speaker);
        return ValueTask.FromResult(connection);
    }

    public ValueTask Leave(Guid speaker, ConnectionRef connection, CancellationToken cancel)
    {
        held.TryRemove(KeyValuePair.Create(speaker, connection));
        return ValueTask.CompletedTask;
    }

    NodeConnections? NodeOf(Guid speaker) =>
        held.TryGetValue(speaker, out var connection) ? nodes.GetValueOrDefault(connection.Node) : null;

    // By the clock, so that a new process goes on above the old one; above what is stored, should the clock have gone back.
    long Next(long after)
    {
        while (true)
        {
            var seen = Volatile.Read(ref last);
            var next = Math.Max(Math.Max(seen, after) + 1, clock.Moment().ToUnixTimeMilliseconds());
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
                return next;
        }
    }
}
