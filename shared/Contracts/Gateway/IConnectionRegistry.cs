using Loa.Air;

namespace Loa.Contracts.Gateway;

/// <summary>A message to one speaker, wherever it is connected.</summary>
public readonly record struct OutgoingMessage(Guid Speaker, AirTopic Topic, ReadOnlyMemory<byte> Message);

/// <summary>A speaker's connection: the node that carries it, and a number that is higher for each later one.</summary>
public sealed record ConnectionRef(string Node, long Number);

/// <summary>
/// Knows which node holds a speaker's connection, and passes on what is to be said to it. All that goes through here could go
/// through a bus: arguments are data, answers come later, and nobody beyond it touches a connection.
/// </summary>
public interface IConnectionRegistry
{
    /// <summary>Sends each message to its speaker; returns those for whom it is on its way. Nothing is kept for the others.</summary>
    ValueTask<IReadOnlySet<Guid>> Send(IReadOnlyCollection<OutgoingMessage> messages, CancellationToken cancel);

    /// <summary>The same to every speaker that is connected anywhere.</summary>
    /// <param name="protocol">Only to those that know these rules.</param>
    ValueTask SendToAll(
        AirTopic topic,
        ReadOnlyMemory<byte> message,
        CancellationToken cancel,
        int protocol = AirProtocol.First
    );

    /// <summary>The connections of those speakers that are connected.</summary>
    ValueTask<IReadOnlyDictionary<Guid, ConnectionRef>> Find(
        IReadOnlyCollection<Guid> speakers,
        CancellationToken cancel
    );

    /// <summary>Shows speakers out everywhere and forgets what was kept for them: their keys are no longer good.</summary>
    ValueTask Disconnect(IReadOnlyCollection<Guid> speakers, CancellationToken cancel);

    /// <summary>
    /// A speaker is connected to this node now: its older connection elsewhere is let go without a word about the speaker.
    /// </summary>
    /// <param name="after">The number of the last connection that is stored; the new one is higher.</param>
    ValueTask<ConnectionRef> Take(Guid speaker, string node, long after, CancellationToken cancel);

    /// <summary>A connection has ended. A later one of the same speaker is not touched.</summary>
    ValueTask Leave(Guid speaker, ConnectionRef connection, CancellationToken cancel);
}
