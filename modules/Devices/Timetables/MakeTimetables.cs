using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Timetables;

/// <summary>
/// Makes the timetables of some speakers anew, signs them, stores them under the next version, and tells those who are
/// connected. Who can hear at once comes first.
/// </summary>
sealed partial class MakeTimetables(
    IServiceScopeFactory scopes,
    IUnits units,
    IDirectory directory,
    WriteLane lane,
    TimetableDispatch dispatch,
    PlayWatch watch,
    TimeProvider clock,
    ILogger<MakeTimetables> log
) : IDisposable
{
    // So many are planned, signed and told at once; more than the province has.
    const int Together = 2_000;
    const int StoredTogether = 500;
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    // What may still be sounding although it began before.
    static readonly TimeSpan Behind = TimeSpan.FromHours(4);
    static readonly TimeSpan WorthRenewing = TimeSpan.FromDays(6);

    // Two makers at once would give one version to two timetables.
    readonly SemaphoreSlim alone = new(1);

    public async Task For(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        var connected = await directory.Find(speakers, cancel);
        foreach (var some in speakers.OrderByDescending(connected.ContainsKey).Chunk(Together))
        {
            // Taken anew for each, so that an emergency waits for one of a hundred and not for all.
            await alone.WaitAsync(cancel);
            try
            {
                await Make(some, cancel);
            }
            finally
            {
                alone.Release();
            }
        }
    }

    public void Dispose() => alone.Dispose();

    async Task Make(Guid[] speakers, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var timetables = scope.ServiceProvider.GetRequiredService<ITimetables>();
        var plans = await Plan(db, timetables, speakers, now, cancel);
        if (plans.Count == 0)
            return;
        await Atomically(store => store.Hold(plans, cancel));
        // Told first and stored after, for what plays now cannot wait for a disk. A crash between the two leaves speakers that
        // are ahead of us, and those get the next version. What they answer waits until the lane is free again.
        await lane.Run(
            async () =>
            {
                await dispatch.Send(db, plans, cancel);
                foreach (var some in plans.Chunk(StoredTogether))
                foreach (var changed in await Atomically(store => store.Store(some, cancel)))
                    watch.Tell(changed.Play.BroadcastId, changed.Seen);
                return true;
            },
            cancel
        );

        async Task<TResult> Atomically<TResult>(Func<StoreTimetables, Task<TResult>> work)
        {
            var result = await db.Atomically(() => work(new StoreTimetables(db, now)), cancel);
            db.ChangeTracker.Clear();
            return result;
        }
    }

    async Task<List<PlannedTimetable>> Plan(
        DevicesDb db,
        ITimetables timetables,
        Guid[] ids,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        var speakers = await (
            from s in db.Speakers.AsNoTracking()
            where ids.Contains(s.Id) && s.State == SpeakerStates.Enrolled
            join t in db.Timetables on s.Id equals t.SpeakerId into held
            from t in held.DefaultIfEmpty()
            select new
            {
                s.Id,
                s.UnitId,
                Held = s.TimetableHeld ?? 0,
                Stored = t,
            }
        ).ToListAsync(cancel);
        var paths = speakers.ToDictionary(s => s.Id, s => tree.PathOf(s.UnitId));
        var entries = await timetables.For(paths, now - Behind, now + Ahead, cancel);
        var told = await Told(db, ids, now, cancel);

        var plans = new List<PlannedTimetable>(speakers.Count);
        foreach (var speaker in speakers)
        {
            TimetableEntry[] mine =
            [
                .. (entries.GetValueOrDefault(speaker.Id) ?? []).Where(e =>
                    e.Until > now || (PlannedTimetable.OverAt(e) > now && told.Contains((speaker.Id, e.Id)))
                ),
            ];
            var fitting = Room.Of(mine);
            TimetableItem[] items = [.. fitting.Select(Item)];
            var content = PlannedTimetable.ContentOf(items);
            var (stored, version) = (speaker.Stored, Math.Max(speaker.Stored?.Version ?? 0, speaker.Held));
            var to = End(mine, fitting, now);
            var reaches = stored?.To > now + WorthRenewing || stored?.To >= to;
            if (content == stored?.Content && reaches && stored.Version == version)
                continue;
            if (fitting.Count < mine.Length)
                Log.Full(log, speaker.Id, mine.Length - fitting.Count, to);
            var whole = new Timetable(speaker.Id, version + 1, now, now, to, items);
            var knowing = stored?.Version == speaker.Held ? stored : null;
            plans.Add(PlannedTimetable.Of(whole, fitting, content, knowing));
        }
        return plans;
    }

    // A speaker that was never told of an item that has begun should not be told now, only to report it missed.
    static async Task<HashSet<(Guid, Guid)>> Told(
        DevicesDb db,
        Guid[] ids,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var open = await db
            .Plays.AsNoTracking()
            .Where(p => ids.Contains(p.SpeakerId) && p.Start > now - Behind && p.OverAt > now)
            .Select(p => new { p.SpeakerId, p.ItemId })
            .ToListAsync(cancel);
        return [.. open.Select(p => (p.SpeakerId, p.ItemId))];
    }

    // What was left out gets another chance each hour, and before it is due (RenewTimetables).
    static DateTimeOffset End(TimetableEntry[] all, IReadOnlyList<TimetableEntry> fitting, DateTimeOffset now)
    {
        if (fitting.Count == all.Length)
            return now + Ahead;
        var first = all.Except(fitting).First().Start;
        var soon = now + RenewTimetables.Every;
        return first > soon ? first : soon;
    }

    public static AirClass ClassOf(TimetableEntry entry) =>
        Enum.Parse<AirClass>(entry.Bulletin.Class, ignoreCase: true);

    static TimetableItem Item(TimetableEntry entry) =>
        new(
            entry.Id,
            entry.BroadcastId,
            entry.Bulletin.ReleaseDigest,
            ClassOf(entry),
            entry.Start,
            entry.Until,
            entry.Now
        );

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The timetable of speaker {Speaker} is full: it ends at {To}, and {Count} items wait for a later one"
        )]
        public static partial void Full(ILogger log, Guid speaker, int count, DateTimeOffset to);
    }
}
