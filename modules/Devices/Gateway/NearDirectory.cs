using System.Collections.Concurrent;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices.Gateway;

/// <summary>The directory of one process: its nodes are at hand, so saying is done at once.</summary>
sealed class NearDirectory(TimeProvider clock) : IDirectory
{
    static readonly IReadOnlySet<Guid> nobody = new HashSet<Guid>();

    readonly ConcurrentDictionary<string, Lines> nodes = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Guid, Line> held = new();
    long last;

    /// <summary>A node of this process takes part.</summary>
    public void Join(Lines node) => nodes[node.Node] = node;

    public ValueTask<IReadOnlySet<Guid>> Say(IReadOnlyCollection<Saying> sayings, CancellationToken cancel)
    {
        HashSet<Guid>? reached = null;
        foreach (var saying in sayings)
            if (NodeOf(saying.Speaker)?.Say(saying.Speaker, saying.Topic, saying.Message.Span) == true)
                (reached ??= []).Add(saying.Speaker);
        return ValueTask.FromResult(reached ?? nobody);
    }

    public ValueTask SayToAll(AirTopic topic, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        foreach (var node in nodes.Values)
            node.SayToAll(topic, message.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyDictionary<Guid, Line>> Find(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, Line>();
        foreach (var speaker in speakers)
            if (held.TryGetValue(speaker, out var line) && nodes[line.Node].IsConnected(speaker))
                found[speaker] = line;
        return ValueTask.FromResult<IReadOnlyDictionary<Guid, Line>>(found);
    }

    public ValueTask Cut(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        // Every node: one that holds no line may still keep a session.
        foreach (var node in nodes.Values)
        foreach (var speaker in speakers)
            node.Cut(speaker);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Line> Take(Guid speaker, string node, long after, CancellationToken cancel)
    {
        var line = new Line(node, Next(after));
        var before = held.GetValueOrDefault(speaker);
        held[speaker] = line;
        if (before is not null && before.Node != node)
            nodes[before.Node].LetGo(speaker);
        return ValueTask.FromResult(line);
    }

    public ValueTask Leave(Guid speaker, Line line, CancellationToken cancel)
    {
        held.TryRemove(KeyValuePair.Create(speaker, line));
        return ValueTask.CompletedTask;
    }

    Lines? NodeOf(Guid speaker) => held.TryGetValue(speaker, out var line) ? nodes.GetValueOrDefault(line.Node) : null;

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
