using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.AsRun;

/// <summary>Answers the other modules' questions about plays.</summary>
sealed class PlayQueries(IServiceScopeFactory scopes, PlayFeed watch) : IPlays
{
    public async ValueTask<PlayTally> Tally(Guid broadcastId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        // A speaker has one item of a broadcast, so its rows are speakers.
        var stages = await db
            .Plays.Where(p => p.BroadcastId == broadcastId)
            .GroupBy(p => p.Stage)
            .Select(g => new { Stage = g.Key, Speakers = g.Count() })
            .ToDictionaryAsync(c => c.Stage, c => c.Speakers, cancel);
        return new(stages.Values.Sum(), stages);
    }

    public async ValueTask<int> StillToCome(IReadOnlyCollection<Guid> broadcastIds, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
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
        CancellationToken cancel
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        return await new PlayPage(db, broadcastId).Read(tally, skip, take, cancel);
    }

    public IAsyncEnumerable<SpeakerPlay> Watch(Guid broadcastId, CancellationToken cancel) =>
        watch.Watch(broadcastId, cancel);
}
