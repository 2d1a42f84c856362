using System.Text;
using Loa.Kernel;
using Loa.Server.Start;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

public sealed class RoutesTests
{
    [Fact]
    public async Task Every_route_and_its_permission_is_agreed()
    {
        await using var house = await House.Build();

        Snapshot.Verify(
            "Routes.verified.txt",
            string.Join(
                '\n',
                house
                    .Routes()
                    .Select(r => $"{r.Method, -6} {r.Pattern, -55} {r.Permission ?? "CLOSED"}")
                    .Order(StringComparer.Ordinal)
            )
        );
    }

    [Fact]
    public async Task No_route_is_without_a_permission_and_every_right_exists()
    {
        await using var house = await House.Build();
        var rights = Rights
            .OfRole.Values.SelectMany(r => r)
            .Append(Permission.Anyone)
            .Append(Permission.SignedIn)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(
            house.Routes(),
            route =>
                Assert.True(
                    route.Permission is not null && rights.Contains(route.Permission),
                    $"{route.Method} {route.Pattern}: {route.Permission}"
                )
        );
    }

    [Fact]
    public async Task A_route_has_one_permission_only()
    {
        await using var house = await House.Build();

        Assert.All(house.Endpoints(), e => Assert.Single(e.Metadata.GetOrderedMetadata<Permission>()));
    }
}
