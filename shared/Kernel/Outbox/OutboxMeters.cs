using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Shows how many announcements wait in each module, since when, and how long they took to be heard.</summary>
sealed class OutboxMeters
{
    static readonly TimeSpan lookEvery = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Type, Backlog> backlogs = new();
    readonly Dictionary<Type, KeyValuePair<string, object?>> modules;
    readonly Histogram<double> heard;
    readonly TimeProvider clock;

    public OutboxMeters(IMeterFactory meters, IEnumerable<ModuleDbEntry> dbs, TimeProvider clock)
    {
        this.clock = clock;
        modules = dbs.ToDictionary(d => d.Type, d => KeyValuePair.Create<string, object?>("module", d.Name));
        var meter = meters.Create("Loa.Outbox");
        heard = meter.CreateDuration("loa.outbox.heard", "From an announcement until all have heard it.");
        meter.CreateObservableGauge(
            "loa.outbox.waiting",
            Waiting,
            null,
            "Announcements that somebody has yet to hear."
        );
        meter.CreateObservableGauge("loa.outbox.age", Ages, "s", "Age of the oldest announcement that waits.");
    }

    public void Heard<TDb>(TimeSpan after) => heard.Record(after.TotalSeconds, modules[typeof(TDb)]);

    /// <summary>Counts what waits in this module, now and then.</summary>
    public async Task Look<TDb>(IServiceScopeFactory scopes, CancellationToken cancel)
        where TDb : ModuleDb
    {
        var now = clock.Moment();
        if (backlogs.TryGetValue(typeof(TDb), out var before) && now - before.Seen < lookEvery)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var waiting = scope
            .ServiceProvider.GetRequiredService<TDb>()
            .Announcements.AsNoTracking()
            .Where(a => a.DoneAt == null);
        var count = await waiting.CountAsync(cancel);
        var oldest = count == 0 ? null : await waiting.MinAsync(a => (DateTimeOffset?)a.At, cancel);
        backlogs[typeof(TDb)] = new(now, count, oldest);
    }

    IEnumerable<Measurement<int>> Waiting() =>
        backlogs.Select(b => new Measurement<int>(b.Value.Waiting, modules[b.Key]));

    IEnumerable<Measurement<double>> Ages() =>
        backlogs.Select(b => new Measurement<double>(
            b.Value.Oldest is { } oldest ? (clock.GetUtcNow() - oldest).TotalSeconds : 0,
            modules[b.Key]
        ));

    sealed record Backlog(DateTimeOffset Seen, int Waiting, DateTimeOffset? Oldest);
}
