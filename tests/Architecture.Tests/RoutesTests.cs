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
            from route in house.Routes()
            group $"{route.Method, -6} {route.Pattern, -55} {route.Permission ?? "CLOSED"}" by route.Module into part
            let folder = part.Key is { } module ? $"modules/{module}" : "apps/Server"
            select ($"{folder}/Routes.verified.txt", string.Join('\n', part.Order(StringComparer.Ordinal)))
        );
    }

    [Fact]
    public async Task No_route_is_without_a_permission_and_every_right_exists()
    {
        await using var house = await House.Build();
        var rights = house
            .Services.GetRequiredService<Roles>()
            .Rights.Append(Permission.Anyone)
            .Append(Permission.SignedIn)
            .Append(Permission.Token)
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
