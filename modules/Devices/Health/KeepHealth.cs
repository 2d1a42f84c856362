using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Health;

/// <summary>
/// Stores what changed of the latest health a few times a second, many speakers in one transaction, and the hours that are over at a
/// pace that leaves room for everything else. What no write reached before a crash is told again by the speakers.
/// </summary>
sealed class KeepHealth(
    IServiceScopeFactory scopes,
    LatestHealth latest,
    BulkWriteLock lane,
    TimeProvider clock,
    BackgroundWork<KeepHealth> work
) : NodeLoop<KeepHealth>(work)
{
    const int Batch = 500;
    const int HoursAtOnce = 200;
    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Taken to be stored and not stored yet, the last in order first.
    readonly List<HourTally> hours = [];

    internal bool IsIdle => latest.Changed.IsEmpty && latest.Hours.IsEmpty && hours.Count == 0;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Remember(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The gateway is closed by now; what has come in is stored.
        latest.CloseHours(clock.Moment() + TimeSpan.FromHours(1));
        while (await StoreChanges(cancellationToken) + await StoreHours(Batch, cancellationToken) > 0) { }
    }

    protected override async Task Loop(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Often, clock);
        var hour = HourTally.HourOf(clock.Moment());
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (!await Work.Try(StoreSome, stop))
                await Task.Delay(Patience, clock, stop);
            var now = clock.Moment();
            // Those who still talk close theirs themselves in the first minute.
            if (now - hour < TimeSpan.FromMinutes(65))
                continue;
            hour = HourTally.HourOf(now);
            latest.CloseHours(now);
        }
    }

    async Task StoreSome(CancellationToken cancel)
    {
        while (await StoreChanges(cancel) == Batch) { }
        await StoreHours(HoursAtOnce, cancel);
    }

    async Task Remember(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        await foreach (var row in db.Health.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            if (KnownHealthText.Read(row) is { } before)
                latest.Of(row.SpeakerId).Remember(before.Vitals, before.Stands, row.At);
    }

    /// <summary>Returns how many speakers were looked at.</summary>
    internal async Task<int> StoreChanges(CancellationToken cancel)
    {
        var some = new Dictionary<Guid, (SpeakerHealth Health, IReadOnlyList<Signal> Signals)>();
        while (some.Count < Batch && latest.Changed.TryDequeue(out var health))
            some[health.Id] = (health, health.TakeUnstored());
        if (some.Count == 0)
            return 0;
        try
        {
            await Write(db => Store(db, some, cancel), cancel);
        }
        catch
        {
            foreach (var (health, signals) in some.Values)
                if (health.GiveBack(signals))
                    latest.Changed.Enqueue(health);
            throw;
        }
        return some.Count;
    }

    static async Task Store(
        DevicesDb db,
        Dictionary<Guid, (SpeakerHealth Health, IReadOnlyList<Signal> Signals)> some,
        CancellationToken cancel
    )
    {
        Guid[] ids = [.. some.Keys];
        var speakers = await db.Speakers.Where(s => ids.Contains(s.Id)).ToListAsync(cancel);
        var rows = await db.Health.Where(h => ids.Contains(h.SpeakerId)).ToDictionaryAsync(h => h.SpeakerId, cancel);
        foreach (var speaker in speakers)
        {
            var (health, signals) = some[speaker.Id];
            var now = health.Now()!;
            speaker.Alarms = now.Alarms | (speaker.Alarms & Alarms.Seen);
            db.AddRange(signals.Select(Copy));
            if (!rows.TryGetValue(speaker.Id, out var row))
                db.Add(row = new KnownHealth { SpeakerId = speaker.Id });
            KnownHealthText.Write(row, now);
        }
    }

    // Anew for each try: a row that a failed try added keeps the number it was given.
    static Signal Copy(Signal s) =>
        new()
        {
            SpeakerId = s.SpeakerId,
            Kind = s.Kind,
            From = s.From,
            To = s.To,
            At = s.At,
            Number = s.Number,
        };

    internal async Task<int> StoreHours(int most, CancellationToken cancel)
    {
        // Neighbours in the table together: each page of the database is then written once and not once for each speaker on it.
        if (hours.Count == 0)
        {
            while (latest.Hours.TryDequeue(out var over))
                hours.Add(over);
            hours.Sort((a, b) => b.Speaker.CompareTo(a.Speaker));
        }
        var some = hours.TakeLast(most).ToList();
        if (some.Count == 0)
            return 0;
        await Write(db => Store(db, some, cancel), cancel);
        hours.RemoveRange(hours.Count - some.Count, some.Count);
        return some.Count;
    }

    async Task Store(DevicesDb db, List<HourTally> some, CancellationToken cancel)
    {
        Guid[] ids = [.. some.Select(h => h.Speaker).Distinct()];
        DateOnly[] days = [.. some.Select(h => h.Day).Distinct()];
        var rows = await db
            .HealthDays.Where(d => ids.Contains(d.SpeakerId) && days.Contains(d.Day))
            .ToDictionaryAsync(d => (d.SpeakerId, d.Day), cancel);
        foreach (var mine in some.GroupBy(h => (h.Speaker, h.Day)))
        {
            if (!rows.TryGetValue(mine.Key, out var row))
                db.Add(row = new HealthDay { SpeakerId = mine.Key.Speaker, Day = mine.Key.Day });
            var day = row.Series;
            foreach (var over in mine)
                over.Into(day);
            row.Data = day.Pack();
        }
        await Remember(db, ids, cancel);
    }

    // What was well from the beginning raised no signal and is written down here for the first time.
    async Task Remember(DevicesDb db, Guid[] ids, CancellationToken cancel)
    {
        var known = await db.Health.Where(h => ids.Contains(h.SpeakerId)).ToDictionaryAsync(h => h.SpeakerId, cancel);
        foreach (var id in ids)
        {
            if (latest.Find(id)?.Now() is not { } now)
                continue;
            if (!known.TryGetValue(id, out var row))
                db.Add(row = new KnownHealth { SpeakerId = id });
            KnownHealthText.Write(row, now);
        }
    }

    async Task Write(Func<DevicesDb, Task> store, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        await lane.Run(
            async () =>
            {
                await db.Atomically(() => store(db), cancel);
                return true;
            },
            cancel
        );
    }
}
