using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>Speakers of a rollout that stand together.</summary>
/// <param name="Last">When the last of them was over.</param>
sealed record RolloutSection(TargetState State, int Group, int Count, DateTimeOffset? Last);

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

    public async Task<IReadOnlyList<ShowRollout.Row>> Page(
        IReadOnlyList<RolloutSection> sections,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var ids = new List<Guid>();
        foreach (var section in sections)
        {
            var mine = Math.Min(take - ids.Count, section.Count - skip);
            if (mine > 0)
                ids.AddRange(await Ids(section, PageStretch.Of(skip, mine, section.Count), cancel));
            skip = Math.Max(0, skip - section.Count);
        }
        var rows = await Rows(Targets.Where(t => ids.Contains(t.SpeakerId))).ToDictionaryAsync(r => r.Id, cancel);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    // Along IX_RolloutTargets_Name, from it alone.
    async Task<IReadOnlyList<Guid>> Ids(RolloutSection section, PageStretch stretch, CancellationToken cancel)
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

    /// <summary>All of them, counted along IX_RolloutTargets_State, in the order of the list.</summary>
    public async Task<IReadOnlyList<RolloutSection>> Sections(CancellationToken cancel)
    {
        var counts = await Targets
            .GroupBy(t => new { t.State, t.Group })
            .Select(g => new
            {
                g.Key.State,
                g.Key.Group,
                Count = g.Count(),
                Last = g.Max(t => t.EndedAt),
            })
            .ToListAsync(cancel);
        return
        [
            .. counts
                .OrderBy(c => Array.IndexOf(order, c.State))
                .ThenBy(c => c.Group)
                .Select(c => new RolloutSection(c.State, c.Group, c.Count, c.Last)),
        ];
    }

    IQueryable<RolloutTarget> Targets => db.Targets.AsNoTracking().Where(t => t.RolloutId == rollout);

    IQueryable<RolloutTarget> Of(RolloutSection section) =>
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
