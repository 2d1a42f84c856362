using Loa.Contracts.Broadcasting;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Playout.Timetables;

/// <summary>
/// Has the timetables of some speakers planned anew, signs them, stores them under the next version, and tells those who are
/// connected. Who can hear at once comes first.
/// </summary>
sealed partial class MakeTimetables(
    IServiceScopeFactory scopes,
    IConnectionRegistry connections,
    BulkWriteLock lane,
    TimetableDispatch dispatch,
    LiveBells bells,
    TimeProvider clock,
    ILogger<MakeTimetables> log
) : IDisposable
{
    // So many are planned, signed and told at once; more than the province has.
    const int Together = 2_000;
    const int StoredTogether = 500;

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
                    () => PlayoutMeters.Told(clock, isFirst, isLast: done == speakers.Count),
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
            var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
            var now = clock.Moment();
            var nothing = await scope.ServiceProvider.GetRequiredService<PlanTimetables>().Nothing(id, now, cancel);
            await Deliver(db, [nothing], now, () => { }, cancel);
            return nothing.Whole.Version;
        }
        finally
        {
            alone.Release();
        }
    }

    public void Dispose() => alone.Dispose();

    async Task MakeSome(Guid[] speakers, bool anew, Action told, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlayoutDb>();
        var now = clock.Moment();
        var plan = scope.ServiceProvider.GetRequiredService<PlanTimetables>();
        var plans = await plan.Run(speakers, anew, now, cancel);
        if (plans.Count > 0)
            await Deliver(db, plans, now, told, cancel);
    }

    async Task Deliver(
        PlayoutDb db,
        IReadOnlyList<PlannedTimetable> plans,
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
                foreach (var broadcast in await Atomically(store => store.Store(some, cancel)))
                    bells.Ring(BroadcastNames.Procedure, broadcast);
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

    static partial class Log
    {
        [LoggerMessage(2, LogLevel.Information, "{Count} new timetables were told, request {Request}")]
        public static partial void Told(ILogger log, int count, string request);
    }
}
