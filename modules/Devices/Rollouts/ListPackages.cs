using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Rollouts;

/// <summary>The packages that reach the units of who asks, and the rollouts that bring them to speakers, the newest first.</summary>
sealed class ListPackages(PackageCases packages, Cases<Rollout> rollouts, Sight sight) : IUseCase
{
    const int Latest = 25;

    public record Response(IReadOnlyList<StoredPackage> Packages, IReadOnlyList<Row> Rollouts, int Page, int Total);

    public record Row(Guid Id, string Title, string State, string Unit, DateTimeOffset At);

    public const int PageSize = Latest;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/packages", Page).RequireRight(DevicesRights.UpdateSpeakers);

    static RazorComponentResult<PackagesPage> Page(int? page) =>
        UiModule.Show<PackagesPage>(new { Number = page ?? 1 });

    public async Task<Response> Run(int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var inSight = await packages.InSight(state: null, cancel);
        var latest = await rollouts.InSight().OrderByDescending(c => c.OpenedAt).Take(Latest).ToListAsync(cancel);
        return new(
            [.. inSight.Skip((page - 1) * PageSize).Take(PageSize)],
            [.. latest.Select(c => new Row(c.Id, c.Title, c.State, sight.Tree.NameOf(c.UnitId), c.OpenedAt))],
            page,
            inSight.Count
        );
    }
}
