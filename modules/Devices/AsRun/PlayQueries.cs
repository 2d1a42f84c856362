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
        var plays = db.Plays.AsNoTracking().Where(p => p.BroadcastId == broadcastId);
        var counts = db.Database.IsSqlite() ? CountedInGroups(plays) : CountedOnce(plays);
        var stages = await counts.ToDictionaryAsync(c => c.Stage, c => c.Speakers, cancel);
        return new(stages.Values.Sum(), stages);
    }

    // Speakers, not rows: one that plays a broadcast many times is one. They stand side by side in the index, which SQLite sees
    // only so, and PostgreSQL only the other way; else they sort them all.
    static IQueryable<StageCount> CountedInGroups(IQueryable<Play> plays) =>
        plays.GroupBy(p => p.Stage).Select(g => new StageCount(g.Key, g.Select(p => p.SpeakerId).Distinct().Count()));

    static IQueryable<StageCount> CountedOnce(IQueryable<Play> plays) =>
        plays
            .Select(p => new { p.Stage, p.SpeakerId })
            .Distinct()
            .GroupBy(p => p.Stage)
            .Select(g => new StageCount(g.Key, g.Count()));

    sealed record StageCount(PlayStage Stage, int Speakers);

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
