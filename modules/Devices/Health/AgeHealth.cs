using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Health;

/// <summary>What grows old is kept coarser: after a month a day is kept in hours. When it goes a rule says (DevicesKept).</summary>
sealed class AgeHealth(
    IServiceScopeFactory scopes,
    BulkWriteLock lane,
    TimeProvider clock,
    BackgroundWork<AgeHealth> work
) : LeaderLoop<AgeHealth>("devices.age-health", work)
{
    public const int FineDays = 30;

    /// <summary>Until then, unless somebody makes another rule.</summary>
    public const int CoarseDays = 730;
    const int Batch = 500;

    protected override Task Loop(CancellationToken stop) => Work.Every(TimeSpan.FromHours(1), Age, stop, atStart: true);

    async Task Age(CancellationToken cancel)
    {
        while (await Coarsen(cancel) == Batch) { }
    }

    internal async Task<int> Coarsen(CancellationToken cancel)
    {
        var limit = clock.Today().AddDays(-FineDays);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        return await lane.Run(
            () =>
                db.Atomically(
                    async () =>
                    {
                        var days = await db
                            .HealthDays.Where(d => d.Day < limit && d.Slots == DaySeries.Quarters)
                            .OrderBy(d => d.Day)
                            .ThenBy(d => d.SpeakerId)
                            .Take(Batch)
                            .ToListAsync(cancel);
                        foreach (var day in days)
                        {
                            var hours = day.Series.InHours();
                            (day.Slots, day.Data) = (hours.Count, hours.Pack());
                        }
                        return days.Count;
                    },
                    cancel
                ),
            cancel
        );
    }
}
