using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>
/// The one way to the packages: a technician sees those that may come to speakers he answers for, and no others. An act is stored
/// together with the row that lists and speakers read.
/// </summary>
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

    /// <summary>A new package; its version must be fit for the units it is for (<see cref="PackageVersion"/>).</summary>
    public async Task Upload(Package package, string document, Actor actor, DateTimeOffset at, CancellationToken cancel)
    {
        await db.RefuseUnfit(package, sight.Tree, at, cancel);
        var patch = new JsonObject
        {
            ["label"] = package.Label,
            ["package_kind"] = package.Kind.ToString().ToLowerInvariant(),
            ["package_version"] = package.Version,
            ["digest"] = package.Digest,
            ["document"] = document,
        };
        var deed = new Deed(patch, Papers: [package.Digest]);
        var folded = await db.Open(
            PackageProcedure.Definition,
            package.Id,
            package.Units[0],
            PackageProcedure.Upload,
            deed,
            actor,
            at,
            cancel
        );
        db.Add(StoredPackage.Of(folded, actor));
        await db.SaveChangesAsync(cancel);
    }

    public async Task Sign(
        Guid id,
        string jws,
        IReadOnlyList<string> delegations,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var stored = await db.Packages.FirstAsync(p => p.Id == id, cancel);
        await db.RefuseUnfit(stored.Read(), sight.Tree, at, cancel);
        var patch = new JsonObject { ["delegations"] = JsonSerializer.SerializeToNode(delegations) };
        await Move(stored, PackageProcedure.Sign, new Deed(patch, Signature: jws), actor, at, cancel);
    }

    public async Task Withdraw(Guid id, string comment, Actor actor, DateTimeOffset at, CancellationToken cancel)
    {
        var stored = await db.Packages.FirstAsync(p => p.Id == id, cancel);
        await Move(stored, PackageProcedure.Withdraw, new Deed(Comment: comment), actor, at, cancel);
    }

    async Task Move(
        StoredPackage stored,
        string move,
        Deed deed,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        stored.Take(await db.Move(PackageProcedure.Definition, stored.Id, move, deed, actor, at, cancel));
        // Only signing brings one, and it stays when the package is withdrawn.
        stored.Jws = deed.Signature ?? stored.Jws;
        await db.SaveChangesAsync(cancel);
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
