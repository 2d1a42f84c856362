using System.Runtime.InteropServices;

namespace Loa.Mqtt.Topics;

/// <summary>
/// Finds who subscribed to a topic. Filters of one shape (how many levels, which of them are wildcards) are found by one
/// dictionary look-up each, so that a device's filter costs one entry and a publish costs one look-up for each shape in use.
/// </summary>
sealed class SubscriptionIndex<T>
    where T : class
{
    readonly record struct Shape(int Levels, uint Plus, bool Hash);

    readonly Lock gate = new();
    readonly Dictionary<Shape, int> shapes = [];

    // One subscriber stands for itself, several are kept in a set.
    readonly Dictionary<string, object> subscribers = new(StringComparer.Ordinal);

    public void Add(string filter, T subscriber)
    {
        lock (gate)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(subscribers, filter, out var known);
            if (!known)
                CollectionsMarshal.GetValueRefOrAddDefault(shapes, ShapeOf(filter), out _)++;

            if (held is null)
                held = subscriber;
            else if (held is HashSet<T> many)
                many.Add(subscriber);
            else if (!ReferenceEquals(held, subscriber))
                held = new HashSet<T> { (T)held, subscriber };
        }
    }

    public void Remove(string filter, T subscriber)
    {
        lock (gate)
        {
            if (!subscribers.TryGetValue(filter, out var held))
                return;
            if (held is HashSet<T> many)
            {
                many.Remove(subscriber);
                if (many.Count > 0)
                    return;
            }
            else if (!ReferenceEquals(held, subscriber))
            {
                return;
            }

            subscribers.Remove(filter);
            var shape = ShapeOf(filter);
            if (--CollectionsMarshal.GetValueRefOrNullRef(shapes, shape) == 0)
                shapes.Remove(shape);
        }
    }

    /// <summary>Adds every subscriber of the topic to <paramref name="found"/>, each once.</summary>
    public void Find(ReadOnlySpan<char> topic, HashSet<T> found)
    {
        Span<Range> levels = stackalloc Range[TopicFilter.DeepestLevel + 1];
        var count = topic.Split(levels, '/');
        // A wildcard may be longer than the empty level it stands for.
        Span<char> filter = stackalloc char[topic.Length + TopicFilter.DeepestLevel + 2];
        lock (gate)
        {
            var lookup = subscribers.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var shape in shapes.Keys)
            {
                if (shape.Hash ? count < shape.Levels : count != shape.Levels)
                    continue;
                var length = Spell(shape, topic, levels, filter);
                if (
                    !lookup.TryGetValue(filter[..length], out var held) || !TopicFilter.Matches(filter[..length], topic)
                )
                    continue;
                if (held is HashSet<T> many)
                    found.UnionWith(many);
                else
                    found.Add((T)held);
            }
        }
    }

    // The only filter of this shape that can match the topic.
    static int Spell(Shape shape, ReadOnlySpan<char> topic, ReadOnlySpan<Range> levels, Span<char> filter)
    {
        var length = 0;
        for (var index = 0; index < shape.Levels; index++)
        {
            if (index > 0)
                filter[length++] = '/';
            var level = (shape.Plus & (1u << index)) != 0 ? "+" : topic[levels[index]];
            level.CopyTo(filter[length..]);
            length += level.Length;
        }
        if (!shape.Hash)
            return length;
        var tail = shape.Levels == 0 ? "#" : "/#";
        tail.CopyTo(filter[length..]);
        return length + tail.Length;
    }

    static Shape ShapeOf(string filter)
    {
        var (levels, plus, hash) = (0, 0u, false);
        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan()[range];
            if (level is "#")
            {
                hash = true;
                break;
            }
            if (level is "+")
                plus |= 1u << levels;
            levels++;
        }
        return new Shape(levels, plus, hash);
    }
}
