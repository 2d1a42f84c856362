using Loa.Contracts.Gateway;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// Speakers that are connected and still do not hold what they are to hold are told again, each less and less often:
/// nothing stays undelivered because one attempt failed, and a speaker that refuses is not flooded.
/// </summary>
sealed class RetrySync(DesiredStateSync sync, TimeProvider clock, BackgroundWork<RetrySync> work)
    : LeaderLoop<RetrySync>("gateway.retry-sync", work)
{
    const int Together = 400;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Rarest = TimeSpan.FromHours(1);

    readonly Lock gate = new();
    readonly Dictionary<Guid, Patience> tried = [];

    protected override async Task Loop(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var next = clock.Moment();
        while (await timer.WaitForNextTickAsync(stop))
        {
            var hurry = sync.TakeFailed();
            if (!hurry && clock.Moment() < next)
                continue;
            if (!await Work.Try(c => Bring(hurry, c), stop))
                sync.Soon();
            next = clock.Moment() + Usual;
        }
    }

    async Task Bring(bool hurry, CancellationToken cancel)
    {
        foreach (var some in Due(await sync.Behind(cancel), hurry).Chunk(Together))
            await sync.Bring(some, cancel);
    }

    /// <summary>Those whose turn it is; whoever is no longer behind is forgotten.</summary>
    HeldVersions[] Due(List<HeldVersions> behind, bool hurry)
    {
        var now = clock.Moment();
        lock (gate)
        {
            var still = behind.Select(s => s.Speaker).ToHashSet();
            foreach (var done in tried.Keys.Where(id => !still.Contains(id)).ToList())
                tried.Remove(done);
            // Who is behind for the first time may have been told this very moment.
            foreach (var speaker in behind)
                tried.TryAdd(speaker.Speaker, new(now + Usual, Usual));
            HeldVersions[] due = [.. behind.Where(s => hurry || tried[s.Speaker].Next <= now)];
            foreach (var speaker in due)
            {
                var pause = tried[speaker.Speaker].Pause * 2;
                tried[speaker.Speaker] = new(now + pause, pause < Rarest ? pause : Rarest);
            }
            return due;
        }
    }

    readonly record struct Patience(DateTimeOffset Next, TimeSpan Pause);
}
