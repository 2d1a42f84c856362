using System.Globalization;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>Rollouts under way, and those of the last week that stopped by themselves, on the home page of who may update speakers.</summary>
sealed class RolloutTiles(Cases<Rollout> cases, TimeProvider clock) : IDeskPart
{
    static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.May(DevicesRights.UpdateSpeakers))
            return;
        desk.Of.Add(RolloutProcedure.Definition.Name);
        var since = clock.Moment() - Lately;
        var counted = await cases
            .InSight()
            .Where(c =>
                c.State == RolloutProcedure.Live
                || c.State == RolloutProcedure.Paused
                || (c.State == RolloutProcedure.Stopped && c.MovedAt > since)
            )
            .GroupBy(c => c.State)
            .Select(some => new { some.Key, Count = some.Count() })
            .ToListAsync(cancel);
        var stopped = counted.Where(c => c.Key == RolloutProcedure.Stopped).Sum(c => c.Count);
        var open = counted.Sum(c => c.Count) - stopped;
        if (open > 0)
            desk.Numbers.Add(new(Words.Get("tile.rollouts"), Shown(open), null, "/packages", Order: 48));
        if (stopped > 0)
            desk.Waiting.Rows.Add(
                new(Words.Get("tile.rollouts-stopped"), "/packages")
                {
                    State = Shown(stopped),
                    Tone = Tone.Act,
                    Verb = Words.Get("rollouts.desk.look"),
                }
            );
    }

    static string Shown(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
