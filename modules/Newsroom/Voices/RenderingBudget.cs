using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>
/// How much reading aloud one officer may have under way: three texts, and of their sentences no more in line than the machine reads
/// at once, so that none of it keeps another officer's from beginning.
/// </summary>
sealed class RenderingBudget(IOptions<RenderingOptions> options)
{
    public const int MostWaiting = 2;

    readonly Lock gate = new();
    readonly Dictionary<Guid, Share> shares = [];

    /// <summary>The officer's place for one text; refused when he has three already, or too many officers have one. Given back by disposing.</summary>
    public Place Enter(Guid officer)
    {
        lock (gate)
        {
            var limits = options.Value;
            if (!shares.TryGetValue(officer, out var share))
            {
                Refuse.If(shares.Count >= limits.AtOnce + limits.Waiting, "voice.busy");
                shares[officer] = share = new(limits.AtOnce);
            }
            Refuse.If(share.Inside > MostWaiting, "voice.yours-waiting", MostWaiting);
            share.Inside++;
            return new(this, officer, share);
        }
    }

    void Leave(Guid officer, Share share)
    {
        lock (gate)
        {
            if (--share.Inside > 0)
                return;
            shares.Remove(officer);
        }
        share.Turns.Dispose();
    }

    internal sealed class Share(int atOnce)
    {
        public SemaphoreSlim Turns { get; } = new(atOnce);

        public int Inside { get; set; }
    }

    internal sealed class Place(RenderingBudget budget, Guid officer, Share share) : IDisposable
    {
        /// <summary>The officer's turns: for each sentence one.</summary>
        public SemaphoreSlim Turns => share.Turns;

        public void Dispose() => budget.Leave(officer, share);
    }
}
