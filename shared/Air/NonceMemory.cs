namespace Loa.Air;

/// <summary>A command's nonce and the moment from which the command is void anyway.</summary>
public sealed record SeenNonce(string Nonce, DateTimeOffset Expires);

/// <summary>Which commands were taken already, bounded and still safe when full or when the clock goes back.</summary>
/// <remarks>
/// What is forgotten raises a floor: a command that expires at or before the floor counts as seen. The owner stores
/// <see cref="Seen"/> and <see cref="Floor"/> after a command was accepted and BEFORE acting on it.
/// </remarks>
public sealed class NonceMemory
{
    readonly Lock gate = new();
    readonly PriorityQueue<string, DateTimeOffset> order = new();
    readonly Dictionary<string, DateTimeOffset> seen = [];
    readonly int capacity;
    DateTimeOffset floor;

    public NonceMemory(IEnumerable<SeenNonce>? seen = null, DateTimeOffset floor = default, int capacity = 1024)
    {
        this.capacity = capacity;
        this.floor = floor;
        foreach (var entry in seen ?? [])
            Keep(entry);
    }

    public DateTimeOffset Floor
    {
        get
        {
            lock (gate)
                return floor;
        }
    }

    public IReadOnlyList<SeenNonce> Seen
    {
        get
        {
            lock (gate)
                return [.. seen.Select(entry => new SeenNonce(entry.Key, entry.Value))];
        }
    }

    /// <summary>True once per nonce; false for a replay.</summary>
    internal bool TryTake(Command command, DateTimeOffset now)
    {
        lock (gate)
        {
            if (command.Expires <= floor || seen.ContainsKey(command.Nonce))
                return false;
            ForgetUntil(now);
            Keep(new SeenNonce(command.Nonce, command.Expires));
            return true;
        }
    }

    void Keep(SeenNonce entry)
    {
        if (!seen.TryAdd(entry.Nonce, entry.Expires))
            return;
        order.Enqueue(entry.Nonce, entry.Expires);
        if (seen.Count > capacity)
            ForgetFirst();
    }

    void ForgetUntil(DateTimeOffset now)
    {
        while (order.TryPeek(out _, out var expires) && expires <= now)
            ForgetFirst();
    }

    void ForgetFirst()
    {
        if (!order.TryDequeue(out var nonce, out var expires))
            return;
        seen.Remove(nonce);
        floor = expires > floor ? expires : floor;
    }
}
