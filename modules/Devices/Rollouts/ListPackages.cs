using System.Runtime.CompilerServices;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>The packages that reach the units of who asks, and the rollouts that bring them to speakers, the newest first.</summary>
sealed class ListPackages(PackageCases packages, Cases<Rollout> rollouts, Sight sight) : IUseCase
{
    const int Latest = 25;

    public record Response(IReadOnlyList<StoredPackage> Packages, IReadOnlyList<Row> Rollouts, int Total);

    public record Row(Guid Id, string Title, string State, string Unit, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/packages", () => UiModule.Show<PackagesPage>(new { }))
            .RequireRight(DevicesRights.UpdateSpeakers);
        routes.MapFiles<ListPackages, StoredPackage>(
            "/packages",
            RolloutLists.Packages,
            DevicesRights.UpdateSpeakers,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    public async Task<Response> Run(ListView<StoredPackage> view, CancellationToken cancel)
    {
        // Packages are few: a province has some a year.
        var inSight = view.InOrder(await packages.InSight(state: null, cancel));
        var latest = await rollouts.InSight().OrderByDescending(c => c.OpenedAt).Take(Latest).ToListAsync(cancel);
        return new(
            [.. inSight.Skip(view.Skip).Take(view.Size)],
            [.. latest.Select(c => new Row(c.Id, c.Title, c.State, sight.Tree.NameOf(c.UnitId), c.OpenedAt))],
            inSight.Count
        );
    }

    async IAsyncEnumerable<StoredPackage> All(
        ListView<StoredPackage> view,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var package in view.InOrder(await packages.InSight(state: null, cancel)))
            yield return package;
    }
}
