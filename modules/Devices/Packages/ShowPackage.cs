using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Packages;

/// <summary>One package: what it holds and for whom, who signed it, and what can be done with it.</summary>
sealed class ShowPackage(DevicesDb db, Sight sight, ITrust trust, PackageCases packages) : IUseCase
{
    public record Response(
        StoredPackage Stored,
        Package Document,
        LatestActs History,
        IReadOnlyList<string> Units,
        IReadOnlyList<string> Keys,
        bool MayChange
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/packages/{id:guid}", Page).RequireRight(DevicesRights.UpdateSpeakers);

    static RazorComponentResult<PackagePage> Page(Guid id) => UiModule.Show<PackagePage>(new { Id = id });

    public async Task<Response> Run(Guid id, CancellationToken cancel)
    {
        var stored = await packages.See(id, cancel);
        var document = stored.Read();
        return new(
            stored,
            document,
            await db.LatestActs((await db.Find(PackageProcedure.Definition, id, cancel))!, cancel),
            [.. document.Units.Select(sight.Tree.NameOf)],
            await trust.KeysOf(sight.OfficerId!.Value, "package", cancel),
            document.Units.All(unit => sight.May(DevicesRights.UpdateSpeakers, unit))
        );
    }
}
