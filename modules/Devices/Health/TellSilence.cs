using Loa.Contracts.Notices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Health;

/// <summary>
/// Tells technicians of speakers in trouble: of each unit how many there are at or below it, so that each learns one number, and a
/// whole province that falls silent is one notice to who looks after it. When all are well again it waits for nobody.
/// </summary>
sealed class TellSilence(
    IServiceScopeFactory scopes,
    IUnits units,
    TimeProvider clock,
    BackgroundWork<TellSilence> work
) : LeaderLoop<TellSilence>("devices.tell-silence", work)
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    // What became twice as bad is told anew, and no oftener.
    static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    protected override Task Loop(CancellationToken stop) => Work.Every(Often, Tell, stop);

    internal async Task Tell(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var tree = await units.Today(cancel);
        foreach (var told in SilenceNotices.All)
        {
            var places = await db
                .Speakers.AsNoTracking()
                .Where(told.Counts)
                .GroupBy(s => s.UnitId)
                .Select(g => new { Unit = g.Key, Count = g.Count() })
                .ToListAsync(cancel);
            var now = places
                .SelectMany(place => tree.PathOf(place.Unit), (place, unit) => (unit, place.Count))
                .GroupBy(p => p.unit, p => p.Count)
                .ToDictionary(unit => unit.Key, unit => unit.Sum());
            await Tell(db, told.Kind, told.Show, now, cancel);
        }
    }

    async Task Tell(DevicesDb db, NoticeKind kind, string show, Dictionary<Guid, int> now, CancellationToken cancel)
    {
        var at = clock.Moment();
        var before = await db
            .Silences.AsNoTracking()
            .Where(s => s.Kind == kind.Name)
            .ToDictionaryAsync(s => s.UnitId, cancel);
        Guid[] well = [.. before.Keys.Where(unit => !now.ContainsKey(unit))];
        Silence[] worse =
        [
            .. now.Where(n => IsWorse(n.Value, before.GetValueOrDefault(n.Key), at))
                .Select(n => new Silence(kind.Name, n.Key, n.Value, at)),
        ];
        // Nothing is written while nothing changes.
        if (well.Length + worse.Length == 0)
            return;
        Guid[] changed = [.. well, .. worse.Select(s => s.UnitId)];
        await db.Atomically(
            async () =>
            {
                await db
                    .Silences.Where(s => s.Kind == kind.Name && changed.Contains(s.UnitId))
                    .ExecuteDeleteAsync(cancel);
                db.AddRange(worse);
                foreach (var unit in well)
                    db.Announce(Of(NoticeRaised.Settled, unit, 0));
                foreach (var silence in worse)
                    db.Announce(Of(kind.Name, silence.UnitId, silence.Count));
            },
            cancel
        );

        NoticeRaised Of(string name, Guid unit, int count) =>
            new(name, NamedId.Of($"{kind.Name} {unit}"), unit, $"/speakers?show={show}&unit={unit}", "", at)
            {
                Detail = $"{count}",
                AtUnitOnly = true,
            };
    }

    static bool IsWorse(int count, Silence? told, DateTimeOffset at) =>
        told is null || (count >= 2 * told.Count && at - told.ToldAt >= Pace);
}
