using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>
/// The speakers of a rollout: failed, then under way, then waiting, then done, then those that left; of those group by group, and by name. What stands
/// before a page is passed by its count.
/// </summary>
sealed class RolloutSpeakers(DevicesDb db, Guid rollout, StoredPackage package)
{
    static readonly TargetState[] order =
    [
        TargetState.Failed,
        TargetState.Sent,
        TargetState.Waiting,
        TargetState.Done,
        TargetState.Skipped,
    ];

    /// <summary>Speakers that stand together.</summary>
    sealed record Section(TargetState State, int Group, int Count);

    public async Task<(IReadOnlyList<ShowRollout.Row> Rows, int Total)> Page(
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var sections = await Sections(cancel);
        var ids = new List<Guid>();
        foreach (var section in sections)
        {
            var mine = Math.Min(take - ids.Count, section.Count - skip);
            if (mine > 0)
                ids.AddRange(await Ids(section, PageStretch.Of(skip, mine, section.Count), cancel));
            skip = Math.Max(0, skip - section.Count);
        }
        var rows = await Rows(Targets.Where(t => ids.Contains(t.SpeakerId))).ToDictionaryAsync(r => r.Id, cancel);
        return ([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], sections.Sum(s => s.Count));
    }

    // Along IX_RolloutTargets_Name, from it alone.
    async Task<IReadOnlyList<Guid>> Ids(Section section, PageStretch stretch, CancellationToken cancel)
    {
        var sorted = stretch.FromEnd
            ? Of(section).OrderByDescending(t => t.NameKey).ThenByDescending(t => t.SpeakerId)
            : Of(section).OrderBy(t => t.NameKey).ThenBy(t => t.SpeakerId);
        return stretch.Turned(
            await sorted.Select(t => t.SpeakerId).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel)
        );
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
            .. counts
                .OrderBy(c => Array.IndexOf(order, c.State))
                .ThenBy(c => c.Group)
                .Select(c => new Section(c.State, c.Group, c.Count)),
        ];
    }

    IQueryable<RolloutTarget> Targets => db.Targets.AsNoTracking().Where(t => t.RolloutId == rollout);

    IQueryable<RolloutTarget> Of(Section section) =>
        Targets.Where(t => t.State == section.State && t.Group == section.Group);

    IQueryable<ShowRollout.Row> Rows(IQueryable<RolloutTarget> targets) =>
        from t in targets
        join s in db.Speakers on t.SpeakerId equals s.Id
        orderby t.NameKey, t.SpeakerId
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
