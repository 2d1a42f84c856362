using System.Globalization;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>
/// Which version a new package may have: above every one that reaches the same speakers, and not so far above that the numbers run
/// out for those who share them.
/// </summary>
static class PackageVersion
{
    public const long MostStep = 1_000_000;

    /// <summary>Beyond it lies nothing that the steps could reach; what was signed there before there were steps uses up no numbers.</summary>
    public const long Last = 1_000_000_000_000_000;

    /// <summary>Speakers refuse to go back; a version that was used once, even of a package withdrawn since, is used up.</summary>
    public static async Task RefuseUnfit(
        this DevicesDb db,
        Package package,
        UnitTree tree,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var highest = await db.HighestVersion(package.Kind, package.Units, tree, cancel);
        Refuse.Unless(package.Version > highest, "package.version", package.Version, highest);
        Refuse.Unless(
            package.Version <= highest + MostStep || IsDay(package.Version, now),
            "package.version-step",
            package.Version,
            highest,
            highest + MostStep
        );
    }

    /// <summary>The highest version ever signed that may come to a speaker of these units; 0 when there is none.</summary>
    public static async Task<long> HighestVersion(
        this DevicesDb db,
        PackageKind kind,
        IReadOnlyList<Guid> units,
        UnitTree tree,
        CancellationToken cancel
    )
    {
        var signed = await db
            .Packages.AsNoTracking()
            .Where(p => p.Kind == kind && p.Jws != null && p.Version < Last)
            .OrderByDescending(p => p.Version)
            .ToListAsync(cancel);
        return signed.Find(p => PackageCases.Meet(tree, p.Read().Units, units))?.Version ?? 0;
    }

    // 2026112801: the first of a day; of no day later than tomorrow.
    static bool IsDay(long version, DateTimeOffset now) =>
        DateOnly.TryParseExact(
            (version / 100).ToString(CultureInfo.InvariantCulture),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
        && day <= VietnamTime.DayOf(now).AddDays(1);
}
