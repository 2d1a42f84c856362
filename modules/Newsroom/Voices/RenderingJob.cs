namespace Loa.Newsroom.Voices;

/// <summary>A text that is being read aloud: how far it is, for all who wait for it.</summary>
sealed class RenderingJob(ReadingScript script) : IDisposable
{
    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly SentenceSound?[] sounds = new SentenceSound?[script.Lines.Count];
    readonly bool[] done = new bool[script.Lines.Count];
    TaskCompletionSource changed = Bell();

    public ReadingScript Script => script;

    public Task<Rendering> Whole { get; private set; } = Task.FromException<Rendering>(new InvalidOperationException());

    public CancellationToken Stopped => stop.Token;

    /// <summary>How many wait for it now, and how often somebody has come.</summary>
    public (int Now, int Ever) Waiting { get; set; }

    /// <summary>It goes on although nobody waits: it was saved.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Sentences that are read, or of which nothing is heard.</summary>
    public int Done
    {
        get
        {
            lock (gate)
                return done.Count(d => d);
        }
    }

    /// <summary>Null for a sentence that cannot be heard yet, or ever.</summary>
    public SentenceSound? SoundOf(int line)
    {
        lock (gate)
            return sounds[line];
    }

    public void Begin(Func<RenderingJob, Task<Rendering>> work)
    {
        Whole = Task.Run(() => work(this));
        _ = Whole.ContinueWith(_ => Ring(), TaskScheduler.Default);
    }

    public void Tell(int line, SentenceSound? sound)
    {
        lock (gate)
            (sounds[line], done[line]) = (sound, true);
        Ring();
    }

    /// <summary>Until more sentences are done than were seen, or all of it is over.</summary>
    public async Task Beyond(int seen, CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (gate)
                next = changed.Task;
            if (Done > seen || Whole.IsCompleted)
                return;
            await next.WaitAsync(cancel);
        }
    }

    public void Stop() => _ = stop.CancelAsync();

    public void Dispose() => stop.Dispose();

    void Ring()
    {
        lock (gate)
        {
            changed.SetResult();
            changed = Bell();
        }
    }

    static TaskCompletionSource Bell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
