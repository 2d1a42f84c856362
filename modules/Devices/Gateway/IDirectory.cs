using Loa.Air;

namespace Loa.Devices.Gateway;

/// <summary>Something to be said to one speaker, wherever it is connected.</summary>
readonly record struct Saying(Guid Speaker, AirTopic Topic, ReadOnlyMemory<byte> Message);

/// <summary>A speaker's connection: the node that carries it, and a number that is higher for each later one.</summary>
sealed record Line(string Node, long Number);

/// <summary>
/// Knows which node holds a speaker's line, and passes on what is to be said to it. All that goes through here could go
/// through a bus: arguments are data, answers come later, and nobody beyond it touches a connection.
/// </summary>
interface IDirectory
{
    /// <summary>Says each thing to its speaker; returns those for whom it is on its way. Nothing is kept for the others.</summary>
    ValueTask<IReadOnlySet<Guid>> Say(IReadOnlyCollection<Saying> sayings, CancellationToken cancel);

    /// <summary>The same to every speaker that is connected anywhere.</summary>
    ValueTask SayToAll(AirTopic topic, ReadOnlyMemory<byte> message, CancellationToken cancel);

    /// <summary>The lines of those speakers that are connected.</summary>
    ValueTask<IReadOnlyDictionary<Guid, Line>> Find(IReadOnlyCollection<Guid> speakers, CancellationToken cancel);

    /// <summary>Shows speakers out everywhere and forgets what was kept for them: their keys are no longer good.</summary>
    ValueTask Cut(IReadOnlyCollection<Guid> speakers, CancellationToken cancel);

    /// <summary>
    /// A speaker is connected to this node now: its older line elsewhere is let go without a word about the speaker.
    /// </summary>
    /// <param name="after">The number of the last line that is stored; the new one is higher.</param>
    ValueTask<Line> Take(Guid speaker, string node, long after, CancellationToken cancel);

    /// <summary>A line has ended. A later one of the same speaker is not touched.</summary>
    ValueTask Leave(Guid speaker, Line line, CancellationToken cancel);
}
