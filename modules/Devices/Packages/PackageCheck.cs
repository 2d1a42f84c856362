using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Devices.Packages;

/// <summary>A package that was found good, and the delegations by which speakers will find it good too.</summary>
sealed record CheckedPackage(Signed<Package> Signed, IReadOnlyList<string> Delegations, ActingOfficer Actor);

/// <summary>Judges a signed package by the same chain as every speaker does, before anything is stored.</summary>
sealed class PackageCheck(ITrust trust, Sight sight, TimeProvider clock)
{
    /// <param name="brought">Delegations that came with it, for a key that no officer here holds.</param>
    public async Task<CheckedPackage> Check(string compact, IReadOnlyList<string> brought, CancellationToken cancel)
    {
        if (!Package.TryRead(compact, out var read, out var unreadable))
            throw Refused(unreadable);
        var package = read.Document;
        var actor = Demand(sight, package.Units);
        IReadOnlyList<string> delegations =
        [
            .. (await trust.DelegationsOf(read.KeyId, cancel)).Concat(brought).Distinct(StringComparer.Ordinal),
        ];
        var chain = await trust.ChainWith(delegations, cancel);
        foreach (var unit in package.Units)
        {
            var verdict = chain.Verify(
                compact,
                new PackageRule(
                    read.Digest,
                    sight.Tree.PathOf(unit),
                    package.Models.FirstOrDefault() ?? "",
                    _ => 0,
                    clock.Moment()
                )
            );
            if (!verdict.Ok)
                throw Refused(verdict.Reason);
        }
        return new(read, [.. chain.Delegations.Select(d => d.Compact)], actor);
    }

    /// <summary>He answers for every unit that the package is for.</summary>
    public static ActingOfficer Demand(Sight sight, IReadOnlyList<Guid> units)
    {
        Refuse.If(units.Count == 0, "package.no-units");
        return units.Select(unit => sight.Demand(DevicesRights.UpdateSpeakers, unit)).ToList()[0];
    }

    static RefusedException Refused(string reason) => new("package.refused", Reasons.Of(reason));
}
