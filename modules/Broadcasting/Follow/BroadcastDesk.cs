using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Follow;

/// <summary>On the desk: what sounds now in the units of whoever looks, with the way to stop it, and what was on the air today.</summary>
sealed class BroadcastDesk(BroadcastingDb db, IPlays plays, TimeProvider clock) : IDeskPart
{
    const int Most = 8;
    const int Places = 3;

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.May(BroadcastingRights.SeeBroadcasts))
            return;
        desk.Of.Add(BroadcastNames.Procedure);
        await OnAir(desk, cancel);
        await Today(desk, cancel);
        var latest = Known(desk.Sight).OrderByDescending(b => b.At).Select(b => b.Id).Take(Most);
        await desk.AddLately<Broadcast>(db, latest, cancel);
    }

    async Task OnAir(Desk desk, CancellationToken cancel)
    {
        var (sight, now) = (desk.Sight, clock.Moment());
        var sounding = (await db.OrdersBetween(now, now.AddSeconds(1), cancel))
            .Where(order => order.Units.Any(unit => sight.Touches(BroadcastingRights.SeeBroadcasts, unit)))
            .OrderBy(order => order.Precedence)
            .Take(Most)
            .ToList();
        Guid[] ids = [.. sounding.Select(order => order.Id)];
        var rows = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        // Of speakers elsewhere nobody is told, not even their number.
        var over = sight.Over(BroadcastingRights.SeeBroadcasts);
        foreach (var order in sounding)
        {
            var tally = await plays.Tally(order.Id, cancel, over.Everywhere ? null : over.Roots);
            if (tally is { Total: > 0, IsOver: true })
                continue;
            var broadcast = Broadcast.Of(Case.Of(BroadcastProcedure.Definition, rows[order.Id]));
            var mayStop = broadcast.Units.Any(unit => sight.May(BroadcastingRights.OrderBroadcasts, unit));
            desk.OnAir.Rows.Add(
                new(order.Title, $"/broadcasts/{order.Id}")
                {
                    Note = WhereOf(order, sight),
                    State = Words.Get("broadcasts.desk.heard", tally.At(PlayStage.Heard), tally.Total),
                    Tone = Tone.Going,
                    At = order.Start,
                    Act = mayStop ? Stop(broadcast.Case) : null,
                }
            );
        }
    }

    static DeskAct Stop(Case standing) =>
        new(
            $"/broadcasts/{standing.Id}/stop",
            Words.Get("broadcast.stop"),
            Words.Get("broadcast.stop-ask"),
            "player-stop",
            standing.Seq
        );

    async Task Today(Desk desk, CancellationToken cancel)
    {
        var from = VietnamTime.StartOf(clock.Today());
        var today = Known(desk.Sight).Where(b => b.At >= from);
        var ids = await today.OrderByDescending(b => b.At).Select(b => b.Id).Take(Most).ToListAsync(cancel);
        var count = ids.Count < Most ? ids.Count : await today.CountAsync(cancel);
        var latest = await db
            .Cases.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .OrderByDescending(c => c.OpenedAt)
            .ToListAsync(cancel);
        var rows = new List<DeskRow>();
        foreach (var row in latest)
            rows.Add(await Played(row, desk.Sight, cancel));
        desk.Today.Add(rows, count, Words.Get("broadcasts.today"), "/broadcasts");
    }

    IQueryable<Listed> Known(Sight sight) => db.Known(sight.Around(BroadcastingRights.SeeBroadcasts));

    async Task<DeskRow> Played(CaseRow row, Sight sight, CancellationToken cancel)
    {
        var order = BroadcastOrder.From(row);
        var shown =
            row.State == BroadcastProcedure.Ordered
                ? order.StateAt(clock.Moment(), row.State, await plays.Outline(row.Id, cancel))
                : row.State;
        return new(order.Title, $"/broadcasts/{order.Id}")
        {
            Note = WhereOf(order, sight),
            At = order.Start,
            State = Words.Get("state.broadcast." + shown),
            Tone = shown == BroadcastProcedure.Over ? Tone.Quiet : BroadcastTones.Of(shown),
        };
    }

    static string WhereOf(BroadcastOrder order, Sight sight)
    {
        var named = string.Join(", ", order.Units.Take(Places).Select(sight.Tree.NameOf));
        return order.Units.Count > Places ? $"{named}, +{order.Units.Count - Places}" : named;
    }
}
