namespace Loa.Air;

/// <summary>These files may run here, or be this speaker's configuration.</summary>
/// <param name="named">The digest of the one that was ordered.</param>
/// <param name="heldVersion">The highest version of this kind that was ever in force here: it never goes back.</param>
public sealed class PackageRule(
    string named,
    IReadOnlyList<Guid> path,
    string model,
    Func<PackageKind, long> heldVersion,
    DateTimeOffset now
) : Rule<Package>
{
    internal override AirKind Kind(Package package) => AirKind.Package;

    internal override DateTimeOffset Moment(Package package) => now;

    internal override string? Names(string? compact) => IsNamed(compact, named, Refusal.PackageMissing);

    internal override string? Concerns(Package package) =>
        Check.That(Scope.Includes(path, package.Units), Refusal.PackageUnit);

    internal override string? Allows(Delegation delegation, Package package) =>
        Reaches(delegation, path, package.Units);

    internal override string? Holds(Package package) =>
        Check.That(package.Models.Count == 0 || package.Models.Contains(model), Refusal.PackageModel)
        ?? Check.Within(now, package.NotBefore, package.Expires, Refusal.PackageEarly, Refusal.PackageExpired)
        ?? Check.That(package.Version > heldVersion(package.Kind), Refusal.PackageOlder);
}
