using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Packages;

/// <summary>Acts on a package, each with the row that lists and speakers read.</summary>
static class PackageActs
{
    /// <summary>A new package; its version must be fit for the units it is for (<see cref="PackageVersion"/>).</summary>
    public static async Task Upload(
        this DevicesDb db,
        Package package,
        string document,
        UnitTree tree,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        await db.RefuseUnfit(package, tree, at, cancel);
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

    public static async Task Sign(
        this DevicesDb db,
        Guid id,
        string jws,
        IReadOnlyList<string> delegations,
        UnitTree tree,
        Actor actor,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var stored = await db.Packages.FirstAsync(p => p.Id == id, cancel);
        await db.RefuseUnfit(stored.Read(), tree, at, cancel);
        var patch = new JsonObject { ["delegations"] = JsonSerializer.SerializeToNode(delegations) };
        await db.Move(stored, PackageProcedure.Sign, new Deed(patch, Signature: jws), actor, at, cancel);
    }

    public static async Task Move(
        this DevicesDb db,
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
}
