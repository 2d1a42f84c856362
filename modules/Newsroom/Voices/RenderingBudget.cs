using Loa.Kernel;

namespace Loa.Newsroom.Voices;

/// <summary>How much reading aloud one officer may have under way: one is read, two wait, and none of it keeps another officer's from beginning.</summary>
sealed class RenderingBudget
{
    public const int MostWaiting = 2;

    readonly Lock gate = new();
    readonly Dictionary<Guid, Share> shares = [];

    /// <summary>Waits for the officer's own turn; refused when two wait already. Given back by disposing.</summary>
    public async Task<IDisposable> Enter(Guid officer, CancellationToken cancel)
    {
        Share? share;
        lock (gate)
        {
            if (!shares.TryGetValue(officer, out share))
                shares[officer] = share = new();
            Refuse.If(share.Inside > MostWaiting, "voice.yours-waiting", MostWaiting);
            share.Inside++;
        }
        try
        {
            await share.Turn.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Leave(officer, share);
            throw;
        }
        return new Place(this, officer, share);
    }

    void Leave(Guid officer, Share share)
    {
        lock (gate)
        {
            if (--share.Inside > 0)
                return;
            shares.Remove(officer);
        }
        share.Turn.Dispose();
    }

    sealed class Share
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Inside { get; set; }
    }

    sealed class Place(RenderingBudget budget, Guid officer, Share share) : IDisposable
    {
        public void Dispose()
        {
            share.Turn.Release();
            budget.Leave(officer, share);
        }
    }
}
