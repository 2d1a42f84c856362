namespace Loa.Newsroom.Voices;

/// <summary>
/// The texts that are being read aloud: begun by the first who asks, given to all, stopped when nobody waits any more and no
/// bulletin wants them.
/// </summary>
sealed class RenderingJobs(TimeProvider clock)
{
    /// <summary>Between two looks at how far it is a page is away for a moment.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly Dictionary<string, RenderingJob> underway = new(StringComparer.Ordinal);

    /// <param name="patience">How long it goes on when this one, the last who waits, has left.</param>
    /// <param name="goesOn">It is wanted although nobody waits.</param>
    public Visit Join(ReadingScript script, Func<RenderingJob, Task<Rendering>> work, TimeSpan patience, bool goesOn)
    {
        lock (gate)
        {
            if (!underway.TryGetValue(script.Key, out var job) || job.Whole.IsCompleted)
            {
                underway[script.Key] = job = new(script);
                job.Begin(work);
                _ = Over(job);
            }
            job.GoesOn |= goesOn;
            return Enter(job, patience);
        }
    }

    /// <summary>Null when it is not under way, and was not a moment ago.</summary>
    public Visit? Find(string key, TimeSpan patience)
    {
        lock (gate)
            return underway.TryGetValue(key, out var job) ? Enter(job, patience) : null;
    }

    Visit Enter(RenderingJob job, TimeSpan patience)
    {
        job.Waiting = (job.Waiting.Now + 1, job.Waiting.Ever + 1);
        return new(this, job, patience);
    }

    async Task Leave(RenderingJob job, TimeSpan patience)
    {
        int ever;
        lock (gate)
        {
            job.Waiting = job.Waiting with { Now = job.Waiting.Now - 1 };
            ever = job.Waiting.Ever;
        }
        if (patience > TimeSpan.Zero)
            await Task.Delay(patience, clock);
        lock (gate)
        {
            // Somebody came meanwhile: it is his now.
            if (job.Waiting.Now > 0 || job.Waiting.Ever > ever || job.GoesOn)
                return;
            if (Remove(job))
                job.Stop();
        }
    }

    // How it ended is told to a page that comes back a moment later.
    async Task Over(RenderingJob job)
    {
        await job.Whole.ContinueWith(_ => { }, TaskScheduler.Default);
        await Task.Delay(BetweenLooks, clock);
        lock (gate)
        {
            Remove(job);
            job.Dispose();
        }
    }

    bool Remove(RenderingJob job) =>
        underway.TryGetValue(job.Script.Key, out var now) && now == job && underway.Remove(job.Script.Key);

    /// <summary>Somebody waits for it, until he leaves.</summary>
    internal sealed class Visit(RenderingJobs jobs, RenderingJob job, TimeSpan patience) : IDisposable
    {
        public RenderingJob Job => job;

        public void Dispose() => _ = jobs.Leave(job, patience);
    }
}
