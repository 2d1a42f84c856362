using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>The one way to the packages: a technician sees those that may come to speakers he answers for, and no others.</summary>
sealed class PackageCases(DevicesDb db, Sight sight)
{
    /// <summary>Missing as well when the asker may not know of it.</summary>
    public async Task<StoredPackage> See(Guid id, CancellationToken cancel) =>
        await db.Packages.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is { } found && IsInSight(found)
            ? found
            : throw new MissingException("package");

    /// <summary>All of one state that are in sight, the newest first; of any state when none is named.</summary>
    public async Task<List<StoredPackage>> InSight(string? state, CancellationToken cancel)
    {
        var all = await db
            .Packages.AsNoTracking()
            .Where(p => state == null || p.State == state)
            .OrderByDescending(p => p.At)
            .ToListAsync(cancel);
        return [.. all.Where(IsInSight)];
    }

    bool IsInSight(StoredPackage package)
    {
        var reach = sight.Over(DevicesRights.UpdateSpeakers);
        return reach.Everywhere || Meet(sight.Tree, package.Read().Units, reach.Roots);
    }

    /// <summary>Whether some speaker may lie in both: one unit is the other, or lies in it.</summary>
    public static bool Meet(UnitTree tree, IReadOnlyList<Guid> some, IReadOnlyList<Guid> others) =>
        some.Any(one => others.Any(other => tree.IsInside(one, other) || tree.IsInside(other, one)));
}
