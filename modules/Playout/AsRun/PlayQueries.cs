using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Playout.AsRun;

/// <summary>Answers the other modules' questions about plays.</summary>
sealed class PlayQueries(IServiceScopeFactory scopes, IUnits units) : IPlays
{
    public async ValueTask<PlayTally> Tally(
        Guid broadcastId,
        CancellationToken cancel,
        IReadOnlyCollection<Guid>? within = null
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var plays = await Plays(scope, broadcastId, within, cancel);
        // A speaker has one item of a broadcast, so its rows are speakers.
        var stages = await plays
            .All.GroupBy(p => p.Stage)
            .Select(g => new { Stage = g.Key, Speakers = g.Count() })
            .ToDictionaryAsync(c => c.Stage, c => c.Speakers, cancel);
        return new(stages.Values.Sum(), stages);
    }

    public async ValueTask<PlayOutline> Outline(Guid broadcastId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var plays = new PlaysOfBroadcast(scope.ServiceProvider.GetRequiredService<PlayoutDb>(), broadcastId, null).All;
        return new(
            await plays.AnyAsync(p => p.Stage < PlayStage.Heard, cancel),
            await plays.AnyAsync(p => p.Stage == PlayStage.Heard || p.Stage == PlayStage.Cut, cancel),
            await plays.AnyAsync(cancel)
        );
    }

    public async ValueTask<int> StillToCome(IReadOnlyCollection<Guid> broadcastIds, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        return await db
            .Plays.Where(p => broadcastIds.Contains(p.BroadcastId) && p.Stage < PlayStage.Heard)
            .Select(p => p.SpeakerId)
            .Distinct()
            .CountAsync(cancel);
    }

    public async ValueTask<IReadOnlyList<SpeakerPlay>> Of(
        Guid broadcastId,
        PlayTally tally,
        int skip,
        int take,
        CancellationToken cancel,
        IReadOnlyCollection<Guid>? within = null
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var plays = await Plays(scope, broadcastId, within, cancel);
        return await new PlayPage(plays).Read(tally, skip, take, cancel);
    }

    async Task<PlaysOfBroadcast> Plays(
        AsyncServiceScope scope,
        Guid broadcast,
        IReadOnlyCollection<Guid>? within,
        CancellationToken cancel
    ) =>
        new(
            scope.ServiceProvider.GetRequiredService<PlayoutDb>(),
            broadcast,
            within is null ? null : (await units.Today(cancel)).Below(within)
        );
}
