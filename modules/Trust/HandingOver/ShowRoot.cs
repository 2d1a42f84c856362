using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Trust.HandingOver;

/// <summary>An administrator sees the province's roots, that of today and those before, and how another takes its place.</summary>
sealed class ShowRoot(ProvinceRoots roots, TimeProvider clock) : IUseCase
{
    /// <param name="Number">By which people compare it.</param>
    /// <param name="Until">Until when its word counts; null for the root of today.</param>
    public record Entry(string Kid, string Number, DateTimeOffset? Since, DateTimeOffset? Until, bool Counts);

    /// <param name="Roots">The one of today first.</param>
    public record Response(IReadOnlyList<Entry> Roots, bool IsDemoRoot);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/trust/root", Page).RequireRight(TrustRights.ManageTrust);
        routes.MapGet("/api/trust/root", Get).RequireRight(TrustRights.ManageTrust);
    }

    static IResult Page() => UiModule.Show<RootPage>(new { });

    static IResult Get(ShowRoot useCase) => TypedResults.Ok(useCase.Run());

    public Response Run()
    {
        var now = clock.Moment();
        return new(
            [
                .. roots
                    .All.Reverse()
                    .Select(r => new Entry(
                        r.Key.KeyId,
                        ClaimCheck.RootNumber(r.Key.KeyId),
                        r.Since,
                        r.Until,
                        r.Until is not { } until || now < until
                    )),
            ],
            roots.DemoRoot is not null
        );
    }
}
