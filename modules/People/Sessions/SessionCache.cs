using System.Collections.Concurrent;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.People.Sessions;

/// <summary>Which sessions are open. Asked on every request, so a session is kept in memory until something ends it.</summary>
sealed class SessionCache(IServiceScopeFactory scopes, IOptions<GateOptions> options, TimeProvider clock)
    : ISessions,
        INodeCache
{
    readonly ConcurrentDictionary<Guid, Kept> kept = new();
    int edition;

    public async ValueTask<bool> IsOpen(Guid sessionId, Guid officerId, CancellationToken cancel) =>
        await Find(sessionId, cancel) is { } found && found.OfficerId == officerId && IsOpen(found, clock.Moment());

    public async ValueTask<bool> IsSignedOut(Guid sessionId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        // One that is kept no more ended longer ago than anybody remembers.
        return !await db.Sessions.AnyAsync(
            s => s.Id == sessionId && (s.EndedAt == null || s.Why == SessionEnd.Idle || s.Why == SessionEnd.Age),
            cancel
        );
    }

    /// <summary>Whether the officer may come in by this session; if so it was seen now.</summary>
    public async ValueTask<bool> Enter(Guid sessionId, Guid officerId, CancellationToken cancel)
    {
        if (!await IsOpen(sessionId, officerId, cancel))
            return false;
        if (kept.TryGetValue(sessionId, out var found))
            found.LastSeenAt = clock.Moment();
        return true;
    }

    void INodeCache.Forget(Guid officerId)
    {
        Interlocked.Increment(ref edition);
        foreach (var (id, _) in kept.Where(k => k.Value.OfficerId == officerId))
            kept.TryRemove(id, out _);
    }

    /// <summary>What was seen since it was last written.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Unwritten() =>
        kept.Where(k => k.Value.LastSeenAt > k.Value.WrittenAt).ToDictionary(k => k.Key, k => k.Value.LastSeenAt);

    /// <summary>These are written; who was not seen for long is read again when he comes.</summary>
    public void Written(IReadOnlyDictionary<Guid, DateTimeOffset> seen, DateTimeOffset now)
    {
        foreach (var (id, at) in seen)
            if (kept.TryGetValue(id, out var found))
                found.WrittenAt = at;
        foreach (var (id, found) in kept)
            if (found.LastSeenAt <= found.WrittenAt && found.LastSeenAt < now.AddMinutes(-15))
                kept.TryRemove(id, out _);
    }

    bool IsOpen(Kept found, DateTimeOffset now) =>
        !found.Ended
        && now - found.LastSeenAt < options.Value.Session
        && now - found.StartedAt < options.Value.LongestSession;

    async ValueTask<Kept?> Find(Guid sessionId, CancellationToken cancel)
    {
        if (kept.TryGetValue(sessionId, out var found))
            return found;
        var before = Volatile.Read(ref edition);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        var row = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, cancel);
        if (row is null)
            return null;
        found = kept.GetOrAdd(sessionId, new Kept(row));
        // Somebody ended a session while we read: this one is used once and not kept.
        if (before != Volatile.Read(ref edition))
            kept.TryRemove(sessionId, out _);
        return found;
    }

    sealed class Kept(Session row)
    {
        public Guid OfficerId { get; } = row.OfficerId;
        public DateTimeOffset StartedAt { get; } = row.StartedAt;
        public bool Ended { get; } = row.EndedAt is not null;
        public DateTimeOffset WrittenAt { get; set; } = row.LastSeenAt;

        // One word of memory, because requests write it while others read.
        long seen = row.LastSeenAt.UtcTicks;

        public DateTimeOffset LastSeenAt
        {
            get => new(Volatile.Read(ref seen), TimeSpan.Zero);
            set => Volatile.Write(ref seen, value.UtcTicks);
        }
    }
}
