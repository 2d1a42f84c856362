using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>
/// The speakers of a rollout: failed, then under way, then waiting, then done; of those group by group, and by name. What stands
/// before a page is passed by its count.
/// </summary>
sealed class RolloutSpeakers(DevicesDb db, Guid rollout, StoredPackage package)
{
    static readonly TargetState[][] order =
    [
        [TargetState.Failed],
        [TargetState.Sent],
        [TargetState.Waiting],
        [TargetState.Done, TargetState.Skipped],
    ];

    /// <summary>Speakers that stand together.</summary>
    sealed record Section(TargetState[] States, int Group, int Count);

    public async Task<(IReadOnlyList<ShowRollout.Row> Rows, int Total)> Page(
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var sections = await Sections(cancel);
        var byName = new RowsByName<Speaker>(db.Speakers);
        var ids = new List<Guid>();
        foreach (var section in sections)
        {
            var mine = Math.Min(take - ids.Count, section.Count - skip);
            if (mine > 0)
                ids.AddRange(await byName.Ids(Of(section).Select(t => t.SpeakerId), section.Count, skip, mine, cancel));
            skip = Math.Max(0, skip - section.Count);
        }
        var rows = await Rows(Targets.Where(t => ids.Contains(t.SpeakerId))).ToDictionaryAsync(r => r.Id, cancel);
        return ([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], sections.Sum(s => s.Count));
    }

    public async IAsyncEnumerable<ShowRollout.Row> All([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var section in await Sections(cancel))
        await foreach (var row in Rows(Of(section)).AsAsyncEnumerable().WithCancellation(cancel))
            yield return row;
    }

    async Task<IReadOnlyList<Section>> Sections(CancellationToken cancel)
    {
        var counts = await Targets
            .GroupBy(t => new { t.State, t.Group })
            .Select(g => new
            {
                g.Key.State,
                g.Key.Group,
                Count = g.Count(),
            })
            .ToListAsync(cancel);
        return
        [
            .. order.SelectMany(states =>
                counts
                    .Where(c => states.Contains(c.State))
                    .GroupBy(c => c.Group, c => c.Count)
                    .OrderBy(g => g.Key)
                    .Select(g => new Section(states, g.Key, g.Sum()))
            ),
        ];
    }

    IQueryable<RolloutTarget> Targets => db.Targets.AsNoTracking().Where(t => t.RolloutId == rollout);

    IQueryable<RolloutTarget> Of(Section section) =>
        Targets.Where(t => section.States.Contains(t.State) && t.Group == section.Group);

    IQueryable<ShowRollout.Row> Rows(IQueryable<RolloutTarget> targets) =>
        from t in targets
        join s in db.Speakers on t.SpeakerId equals s.Id
        orderby s.NameKey, s.Id
        select new ShowRollout.Row(
            s.Id,
            s.Name,
            s.UnitId,
            "",
            t.Group,
            t.State,
            s.Presence,
            package.Kind == PackageKind.Software ? s.Software : s.Configuration,
            t.Reason,
            t.EndedAt ?? t.SentAt
        );
}
