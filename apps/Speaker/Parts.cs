namespace Loa.Speaker;

/// <summary>The parts of one speaker: each is made once, from those made before it, and ends before them.</summary>
/// <remarks>
/// By hand instead of by a container: it needs no reflection and starts at once on a small machine, and what was only
/// needed to put the parts together is gone when the speaker runs.
/// </remarks>
sealed class Parts : IAsyncDisposable
{
    readonly Dictionary<Type, object> made = [];
    readonly Stack<object> owned = new();
    readonly List<Action> starts = [];
    readonly List<Func<CancellationToken, Task>> loops = [];

    /// <summary>A part of this speaker.</summary>
    public T Add<T>(T part)
        where T : class
    {
        made.Add(typeof(T), part);
        if (part is IDisposable or IAsyncDisposable)
            owned.Push(part);
        return part;
    }

    /// <summary>A part that belongs to somebody else, who ends it.</summary>
    public Parts Lend<T>(T part)
        where T : class
    {
        made.Add(typeof(T), part);
        return this;
    }

    /// <exception cref="InvalidOperationException">Nothing that was added before is one.</exception>
    public T Get<T>()
        where T : class =>
        Find<T>() ?? throw new InvalidOperationException($"{typeof(T).Name} is used before it is added.");

    /// <summary>A part that not every speaker has.</summary>
    public T? Find<T>()
        where T : class => made.TryGetValue(typeof(T), out var part) ? (T)part : null;

    /// <summary>Is done once, when all parts are there and before any of them runs, in the order of adding.</summary>
    public void AtStart(Action restore) => starts.Add(restore);

    /// <summary>Runs as long as the speaker does.</summary>
    public void Loop(Func<CancellationToken, Task> run) => loops.Add(run);

    /// <summary>Starts all loops; they end when cancelled.</summary>
    public Task[] Run(CancellationToken cancel)
    {
        foreach (var restore in starts)
            restore();
        // From here on the parts know one another.
        made.Clear();
        return [.. loops.Select(run => run(cancel))];
    }

    public async ValueTask DisposeAsync()
    {
        while (owned.TryPop(out var part))
        {
            if (part is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                ((IDisposable)part).Dispose();
        }
    }
}
