using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Gateway;
using Loa.Contracts.People;
using Loa.Devices.AsRun;
using Loa.Devices.Data;
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
    IConnectionRegistry connections,
    BulkWriteLock lane,
    TimetableDispatch dispatch,
    PlayFeed watch,
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

    public Task For(IReadOnlyCollection<Guid> speakers, CancellationToken cancel) =>
        Make(speakers, anew: false, cancel);

    /// <summary>Whole and under another version, though the items are the same: what vouches for them is another.</summary>
    public Task Anew(IReadOnlyCollection<Guid> speakers, CancellationToken cancel) =>
        Make(speakers, anew: true, cancel);

    async Task Make(IReadOnlyCollection<Guid> speakers, bool anew, CancellationToken cancel)
    {
        var connected = await connections.Find(speakers, cancel);
        var done = 0;
        foreach (var some in speakers.OrderByDescending(connected.ContainsKey).Chunk(Together))
        {
            // Taken anew for each, so that an emergency waits for one of a hundred and not for all.
            await alone.WaitAsync(cancel);
            try
            {
                var isFirst = done == 0;
                done += some.Length;
                await MakeSome(
                    some,
                    anew,
                    () => SpeakerMeters.Told(clock, isFirst, isLast: done == speakers.Count),
                    cancel
                );
            }
            finally
            {
                alone.Release();
            }
        }
    }

    /// <summary>
    /// A board has no business at its place any more: what it holds is taken from it, with all that was still to come, as long
    /// as it can hear.
    /// </summary>
    /// <returns>The version after which it holds nothing.</returns>
    public async Task<long> Silence(Guid id, CancellationToken cancel)
    {
        await alone.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
            var (speaker, stored) = await Find(db, id, cancel);
            var now = clock.Moment();
            var lists = await ItemList.Read(db, stored is null ? [] : [stored.Content], cancel);
            var drafts = new Drafts(now, lists);
            var nothing = drafts.Of([], stored?.Content);
            var version = Math.Max(stored?.Version ?? 0, speaker.TimetableHeld ?? 0) + 1;
            var whole = new Timetable(id, version, now, now, nothing.To, []);
            var difference = drafts.ChangeTo(nothing, stored?.Content);
            await Deliver(
                db,
                [PlannedTimetable.Of(speaker, whole, nothing, difference, stored, false)],
                now,
                () => { },
                cancel
            );
            return version;
        }
        finally
        {
            alone.Release();
        }
    }

    static async Task<(Speaker Speaker, DesiredTimetable? Stored)> Find(
        DevicesDb db,
        Guid id,
        CancellationToken cancel
    ) =>
        (
            await db.Speakers.AsNoTracking().FirstAsync(s => s.Id == id, cancel),
            await db.Timetables.AsNoTracking().FirstOrDefaultAsync(t => t.SpeakerId == id, cancel)
        );

    public void Dispose() => alone.Dispose();

    async Task MakeSome(Guid[] speakers, bool anew, Action told, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var timetables = scope.ServiceProvider.GetRequiredService<ITimetables>();
        var plans = await Plan(db, timetables, speakers, anew, now, cancel);
        if (plans.Count > 0)
            await Deliver(db, plans, now, told, cancel);
    }

    async Task Deliver(
        DevicesDb db,
        List<PlannedTimetable> plans,
        DateTimeOffset now,
        Action told,
        CancellationToken cancel
    )
    {
        await Atomically(store => store.Hold(plans, cancel));
        // Told first and stored after, for what plays now cannot wait for a disk. A crash between the two leaves speakers that
        // are ahead of us, and those get the next version. What they answer waits until the lane is free again.
        await lane.Run(
            async () =>
            {
                await dispatch.Send(db, plans, cancel);
                told();
                if (RequestTrace.Id is { } request)
                    Log.Told(log, plans.Count, request);
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
        bool anew,
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
            select new { Speaker = s, Stored = t }
        ).ToListAsync(cancel);
        var paths = speakers.ToDictionary(s => s.Speaker.Id, s => tree.PathOf(s.Speaker.UnitId));
        var entries = await timetables.For(paths, now - Behind, now + Ahead, cancel);
        var lists = await ItemList.Read(db, speakers.Select(s => s.Stored?.Content).OfType<string>(), cancel);
        var drafts = new Drafts(now, lists);

        var plans = new List<PlannedTimetable>(speakers.Count);
        foreach (var (speaker, stored) in speakers.Select(s => (s.Speaker, s.Stored)))
        {
            var draft = drafts.Of(
                Meant(entries.GetValueOrDefault(speaker.Id) ?? [], speaker.PlacedAt),
                stored?.Content,
                speaker.LargestMessage
            );
            var heldNow = speaker.TimetableHeld ?? 0;
            var version = Math.Max(stored?.Version ?? 0, heldNow);
            var reaches = stored?.To > now + WorthRenewing || stored?.To >= draft.To;
            if (
                !anew
                && draft.Content == stored?.Content
                && reaches
                && stored.Version == version
                && stored.Room == draft.Room
            )
                continue;
            // One that takes only small messages is always told the rest later.
            if (draft.LeftOut > 0 && draft.Room is null)
                Log.Full(log, speaker.Id, draft.LeftOut, draft.To);
            var whole = new Timetable(speaker.Id, version + 1, now, now, draft.To, draft.Items);
            // A change is of use only to who holds what it changes, and what that was must still be known.
            var isHeld = !anew && stored?.Version == heldNow && lists.ContainsKey(stored.Content);
            var difference = drafts.ChangeTo(draft, stored?.Content);
            plans.Add(PlannedTimetable.Of(speaker, whole, draft, difference, stored, isHeld));
        }
        return plans;
    }

    // Whoever puts a speaker up does not hear what began before it had its place: only what people must hear at any time.
    static IReadOnlyList<TimetableEntry> Meant(IReadOnlyList<TimetableEntry> entries, DateTimeOffset? placed)
    {
        return entries.Any(IsOfBefore) ? [.. entries.Where(e => !IsOfBefore(e))] : entries;

        bool IsOfBefore(TimetableEntry entry) => entry.Start < placed && entry.Bulletin.Class != AirClass.Emergency;
    }

    /// <summary>Lists that no speaker is to hold any more; none that somebody may be reading at this moment.</summary>
    public async Task<int> ForgetLists(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var limit = clock.Moment() - RenewTimetables.Every;
        var timetables = db.Timetables;
        return await db.Atomically(
            () =>
                db
                    .ItemLists.Where(l => l.Since < limit && !timetables.Any(t => t.Content == l.Digest))
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
    }

    static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "The timetable of speaker {Speaker} is full: it ends at {To}, and {Count} items wait for a later one"
        )]
        public static partial void Full(ILogger log, Guid speaker, int count, DateTimeOffset to);

        [LoggerMessage(2, LogLevel.Information, "{Count} new timetables were told, request {Request}")]
        public static partial void Told(ILogger log, int count, string request);
    }
}
