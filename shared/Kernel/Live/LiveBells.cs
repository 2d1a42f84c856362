using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Loa.Kernel;

/// <summary>One thing that open pages show, by the name of its procedure; without an id all things of that kind.</summary>
public readonly record struct LiveTopic(string Kind, Guid Id = default)
{
    /// <summary>As a page writes it.</summary>
    public override string ToString() => Id == default ? Kind : $"{Kind}:{Id}";
}

/// <summary>
/// Rings for the open pages that show a thing when it has changed. It says nothing of the thing: the page asks for it, by its
/// reader's rights. Pages on another node hear nothing and ask from time to time.
/// </summary>
public sealed class LiveBells
{
    readonly ConcurrentDictionary<LiveTopic, ImmutableArray<LiveBell>> listening = new();

    /// <returns>To be disposed of by who looks no longer.</returns>
    public LiveBell Listen(IReadOnlyCollection<LiveTopic> topics) => new(this, topics);

    /// <summary>For the pages of this thing and for the lists of its kind.</summary>
    public void Ring(string kind, Guid id)
    {
        RingOnlyFor(kind, id);
        RingOnlyFor(kind, default);
    }

    /// <summary>For the pages of this thing alone: what no list shows.</summary>
    public void RingOnlyFor(string kind, Guid id)
    {
        if (listening.TryGetValue(new(kind, id), out var bells))
            foreach (var bell in bells)
                bell.Ring(new(kind, id));
    }

    internal void Add(LiveTopic topic, LiveBell bell) =>
        listening.AddOrUpdate(topic, _ => [bell], (_, bells) => bells.Add(bell));

    internal void Remove(LiveTopic topic, LiveBell bell)
    {
        if (listening.AddOrUpdate(topic, _ => [], (_, bells) => bells.Remove(bell)).IsEmpty)
            listening.TryRemove(KeyValuePair.Create(topic, ImmutableArray<LiveBell>.Empty));
    }
}

/// <summary>The bell of one open page: however often it rang since it was looked at, it rang once.</summary>
public sealed class LiveBell : IDisposable
{
    readonly LiveBells bells;
    readonly IReadOnlyCollection<LiveTopic> topics;
    readonly SemaphoreSlim rung = new(0);
    readonly Lock gate = new();
    readonly HashSet<LiveTopic> which = [];

    internal LiveBell(LiveBells bells, IReadOnlyCollection<LiveTopic> topics)
    {
        (this.bells, this.topics) = (bells, topics);
        foreach (var topic in topics)
            bells.Add(topic, this);
    }

    /// <summary>Whether it rang before the time was over.</summary>
    public async Task<bool> Rings(TimeSpan atMost, TimeProvider clock, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await rung.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
        while (await rung.WaitAsync(TimeSpan.Zero, cancel)) { }
        return true;
    }

    /// <summary>For which things it rang since this was asked.</summary>
    public IReadOnlyList<LiveTopic> Which()
    {
        lock (gate)
        {
            LiveTopic[] taken = [.. which];
            which.Clear();
            return taken;
        }
    }

    // Two who ring at once may leave two; who looks takes both.
    internal void Ring(LiveTopic topic)
    {
        lock (gate)
            which.Add(topic);
        if (rung.CurrentCount == 0)
            rung.Release();
    }

    // Somebody may still be about to ring it; it has no handle that must be closed.
    public void Dispose()
    {
        foreach (var topic in topics)
            bells.Remove(topic, this);
    }
}
