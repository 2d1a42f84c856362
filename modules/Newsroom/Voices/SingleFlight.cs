namespace Loa.Newsroom.Voices;

/// <summary>Work for which several may wait: begun by the first, given to all, stopped only when nobody waits any more.</summary>
sealed class SingleFlight<TResult>
{
    readonly Lock gate = new();
    readonly Dictionary<string, Share> underway = new(StringComparer.Ordinal);

    public async Task<TResult> Run(string key, Func<CancellationToken, Task<TResult>> work, CancellationToken cancel)
    {
        var share = Join(key, work);
        try
        {
            return await share.Work.WaitAsync(cancel);
        }
        finally
        {
            Leave(key, share);
        }
    }

    Share Join(string key, Func<CancellationToken, Task<TResult>> work)
    {
        lock (gate)
        {
            if (!underway.TryGetValue(key, out var share))
                underway[key] = share = new Share(work);
            share.Waiting++;
            return share;
        }
    }

    void Leave(string key, Share share)
    {
        lock (gate)
        {
            if (--share.Waiting > 0)
                return;
            underway.Remove(key);
        }
        share.Dispose();
    }

    sealed class Share : IDisposable
    {
        readonly CancellationTokenSource stop = new();

        public Share(Func<CancellationToken, Task<TResult>> work)
        {
            var token = stop.Token;
            Work = Task.Run(() => work(token), CancellationToken.None);
        }

        public Task<TResult> Work { get; }

        public int Waiting { get; set; }

        // Stops the work if it still runs; its outcome then interests nobody.
        public void Dispose()
        {
            stop.Cancel();
            stop.Dispose();
        }
    }
}
