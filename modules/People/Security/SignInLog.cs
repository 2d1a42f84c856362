using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Officers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Security;

/// <summary>
/// Counts what is tried at the door and writes it now and then, so that a flood of failures costs neither a write each nor
/// the disk. Who reads the notes has them written first.
/// </summary>
sealed class SignInLog(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>So many different failures an hour are told apart; what comes above is counted in one note per account.</summary>
    const int ToldApart = 500;
    const string Many = "*";

    readonly SemaphoreSlim writing = new(1);
    readonly Lock turn = new();
    Dictionary<Key, (long Count, DateTimeOffset At)> waiting = [];

    public void Note(Guid officerId, Visitor visitor, string outcome)
    {
        var now = clock.Moment();
        var key = new Key(officerId, HourOf(now), outcome, visitor.Network, visitor.Device);
        lock (turn)
        {
            if (waiting.Count >= ToldApart && !waiting.ContainsKey(key))
                key = key with { Network = Many, Device = "" };
            waiting[key] = (waiting.GetValueOrDefault(key).Count + 1, now);
        }
    }

    public async Task Write(CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        Dictionary<Key, (long Count, DateTimeOffset At)> taken;
        lock (turn)
            (taken, waiting) = (waiting, []);
        try
        {
            if (taken.Count > 0)
                await Store(taken, cancel);
        }
        catch
        {
            lock (turn)
                foreach (var (key, (count, at)) in taken)
                    waiting[key] = (waiting.GetValueOrDefault(key).Count + count, at);
            throw;
        }
        finally
        {
            writing.Release();
        }
    }

    async Task Store(Dictionary<Key, (long Count, DateTimeOffset At)> taken, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PeopleDb>();
        await db.Atomically(
            async () =>
            {
                var officers = taken.Keys.Select(k => k.OfficerId).Distinct().ToList();
                var units = await db
                    .Cases.Where(c => c.Procedure == OfficerProcedure.Definition.Name && officers.Contains(c.Id))
                    .ToDictionaryAsync(c => c.Id, c => c.UnitId, cancel);
                var room = new Dictionary<DateTimeOffset, int>();
                foreach (var (key, (count, at)) in taken)
                    await Add(db, key, count, at, units.GetValueOrDefault(key.OfficerId), room, cancel);
            },
            cancel
        );
    }

    static async Task Add(
        PeopleDb db,
        Key key,
        long count,
        DateTimeOffset at,
        Guid unit,
        Dictionary<DateTimeOffset, int> room,
        CancellationToken cancel
    )
    {
        var found = await Find(db, key, cancel);
        if (found is null && SignInOutcome.Failures.Contains(key.Outcome) && !await HasRoom(db, key.Hour, room, cancel))
            found = await Find(db, key = key with { Network = Many, Device = "" }, cancel);
        if (found is null)
        {
            found = new()
            {
                Id = Guid.CreateVersion7(),
                OfficerId = key.OfficerId,
                UnitId = unit,
                Hour = key.Hour,
                Network = key.Network,
                Device = key.Device,
                Outcome = key.Outcome,
            };
            db.Add(found);
        }
        found.Count += count;
        found.At = at > found.At ? at : found.At;
        await db.SaveChangesAsync(cancel);
    }

    static Task<SignInNote?> Find(PeopleDb db, Key key, CancellationToken cancel) =>
        db.SignIns.FirstOrDefaultAsync(
            s =>
                s.OfficerId == key.OfficerId
                && s.Hour == key.Hour
                && s.Outcome == key.Outcome
                && s.Network == key.Network
                && s.Device == key.Device,
            cancel
        );

    static async Task<bool> HasRoom(
        PeopleDb db,
        DateTimeOffset hour,
        Dictionary<DateTimeOffset, int> room,
        CancellationToken cancel
    )
    {
        if (!room.TryGetValue(hour, out var left))
            left =
                ToldApart
                - await db.SignIns.CountAsync(
                    s => s.Hour == hour && SignInOutcome.Failures.Contains(s.Outcome),
                    cancel
                );
        room[hour] = left - 1;
        return left > 0;
    }

    static DateTimeOffset HourOf(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, 0, 0, at.Offset);

    public void Dispose() => writing.Dispose();

    sealed record Key(Guid OfficerId, DateTimeOffset Hour, string Outcome, string Network, string Device);
}
