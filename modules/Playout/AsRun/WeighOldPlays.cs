using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.AsRun;

/// <summary>
/// Looks once into the records of plays that were counted as heard before silence was asked about: those that were silent
/// were not heard. Few at a time, for nothing waits for it.
/// </summary>
sealed class WeighOldPlays(
    IServiceScopeFactory scopes,
    BulkWriteLock lane,
    TimeProvider clock,
    BackgroundWork<WeighOldPlays> work
) : LeaderLoop<WeighOldPlays>("devices.weigh-old-plays", work)
{
    const int Batch = 500;

    // The writers of the day come first.
    static readonly TimeSpan breath = TimeSpan.FromMilliseconds(200);

    protected override Task Loop(CancellationToken stop) => Work.Until(WeighAll, stop);

    async Task WeighAll(CancellationToken cancel)
    {
        while (await Weigh(cancel) == Batch)
            await Task.Delay(breath, clock, cancel);
    }

    internal async Task<int> Weigh(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        return await lane.Run(() => db.Atomically(() => Weigh(db, cancel), cancel), cancel);
    }

    static async Task<int> Weigh(PlayoutDb db, CancellationToken cancel)
    {
        var plays = await db
            .Plays.Where(p => p.Stage == PlayStage.Heard && p.SilentMs == null)
            .OrderBy(p => p.SpeakerId)
            .ThenBy(p => p.ItemId)
            .Take(Batch)
            .ToListAsync(cancel);
        Guid[] speakers = [.. plays.Select(p => p.SpeakerId).Distinct()];
        DateTimeOffset[] moments = [.. plays.Select(p => p.At).OfType<DateTimeOffset>().Distinct()];
        var records = await db
            .Records.AsNoTracking()
            .Where(r => speakers.Contains(r.SpeakerId) && moments.Contains(r.At) && r.Outcome == PlayOutcome.Played)
            .Select(r => new
            {
                r.SpeakerId,
                r.ItemId,
                r.Jws,
            })
            .ToListAsync(cancel);
        var proofs = records.ToLookup(r => (r.SpeakerId, r.ItemId), r => r.Jws);
        foreach (var play in plays)
            play.Weigh(proofs[(play.SpeakerId, play.ItemId)].Select(Read).OfType<AirRecord>().LastOrDefault());
        return plays.Count;
    }

    static AirRecord? Read(string jws) => AirRecord.TryRead(jws, out var read, out _) ? read.Document : null;
}
