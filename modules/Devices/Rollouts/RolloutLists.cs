using Loa.Devices.Health;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Rollouts;

/// <summary>The list of packages, and that of the speakers of one rollout, as they are declared.</summary>
static class RolloutLists
{
    public static readonly ListShape<StoredPackage> Packages = new(
        new("label", "packages.column.label", p => p.Label) { IsName = true },
        new("kind", "packages.column.kind", p => Words.Get("package.kind." + p.Kind)),
        new("version", "packages.column.version", p => p.Version) { Kind = CellKind.Number },
        new("state", "speakers.column.state", p => Words.Get("state.package." + p.State)),
        new("by", "packages.column.by", p => p.By),
        new("at", "packages.column.at", p => p.At) { Kind = CellKind.Moment },
        new("digest", "packages.digest", p => p.Digest) { IsUsual = false }
    )
    {
        Title = "packages.all",
        Sort = "-at",
    };

    /// <summary>Those that failed stand first.</summary>
    public static readonly ListShape<ShowRollout.Row> Speakers = new(
        new("name", "rollouts.column.name", s => s.Name) { IsName = true, Sorts = false },
        new("unit", "rollouts.column.unit", s => s.Place) { Sorts = false },
        new("stage", "rollouts.stage", s => s.Stage) { Sorts = false },
        new("state", "rollouts.column.state", s => s.StateText) { Sorts = false },
        new("version", "rollouts.column.version", s => s.Version) { Kind = CellKind.Number, Sorts = false },
        new("reason", "rollouts.column.refused", s => s.Reason is { } reason ? Reasons.Of(reason) : null)
        {
            Sorts = false,
        },
        new("at", "rollouts.column.last-seen", s => s.At) { Kind = CellKind.Moment, Sorts = false }
    )
    {
        Title = "rollouts.speakers",
        Sort = "state",
        Files = "/speakers",
    };
}
