using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Reports;

/// <summary>After a start the speakers that were online are on their way back, not gone; those that do not come are.</summary>
sealed partial class ReturningSpeakers(
    IServiceScopeFactory scopes,
    IGatewayNode node,
    TimeProvider clock,
    BackgroundWork<ReturningSpeakers> work
) : NodeLoop<ReturningSpeakers>(work)
{
    // As for a connection that breaks: one and a half keep alives, and the look that finds it.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    const int Together = 500;

    /// <summary>Before the gateway opens its door.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // As many as one part takes, so that few are right from the first look on; the others while speakers are let in.
        await Turn(Presence.Online, Presence.Returning, Together, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task Loop(CancellationToken stop)
    {
        var patience = Task.Delay(Patience, clock, stop);
        await Work.Until(cancel => Turn(Presence.Online, Presence.Returning, int.MaxValue, cancel), stop, "the others");
        await patience;
        await Work.Until(GiveUp, stop, "those who stay away");
    }

    /// <summary>Who has not come back by now is gone.</summary>
    internal Task GiveUp(CancellationToken cancel) => Turn(Presence.Returning, Presence.Offline, int.MaxValue, cancel);

    // In parts, so that an order waits for one of them and not for a province.
    async Task Turn(Presence from, Presence to, int most, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var own = db.Speakers.Where(s => s.Presence == from && (s.Node == null || s.Node == node.Name));
        var all = await own.OrderBy(s => s.Id).Select(s => s.Id).Take(most).ToListAsync(cancel);
        var turned = 0;
        foreach (var part in all.Chunk(Together))
            turned += await db.Atomically(() => TurnSome(db, own, part, from, to, now, cancel), cancel);
        Log.Turned(Work.Log, turned, from, to);
    }

    async Task<int> TurnSome(
        DevicesDb db,
        IQueryable<Speaker> own,
        Guid[] part,
        Presence from,
        Presence to,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // Who came meanwhile is here, whether that is stored already or not.
        Guid[] away =
        [
            .. (await own.Where(s => part.Contains(s.Id)).Select(s => s.Id).ToListAsync(cancel)).Where(id =>
                !node.Holds(id)
            ),
        ];
        if (to == Presence.Offline)
            await db.Insert([.. away.Select(id => PresenceSignal.Of(id, from, to, now))], cancel);
        return await db
            .Speakers.Where(s => away.Contains(s.Id))
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Presence, to).SetProperty(s => s.PresenceAt, now),
                cancel
            );
    }

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} speakers: {From} → {To}")]
        public static partial void Turned(ILogger log, int count, Presence from, Presence to);
    }
}
