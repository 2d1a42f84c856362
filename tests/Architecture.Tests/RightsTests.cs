using System.Reflection;
using Loa.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

public sealed class RightsTests
{
    /// <summary>Who may do what, the whole of it: <c>cat modules/*/Rights.verified.txt</c>.</summary>
    [Fact]
    public void Every_role_and_every_right_and_who_has_it_is_agreed() =>
        Snapshot.Verify(
            House
                .Modules()
                .Select(module => ($"modules/{module}/Rights.verified.txt", string.Join('\n', LinesOf(module))))
        );

    [Fact]
    public async Task A_right_is_given_only_by_roles_that_some_module_declares_and_by_one_at_least()
    {
        await using var house = await House.Build();
        var roles = house.Services.GetRequiredService<Roles>();

        Assert.All(
            house.Services.GetServices<Right>(),
            right =>
            {
                Assert.NotEmpty(right.Roles);
                Assert.All(right.Roles.Where(r => r != Right.EveryRole), role => Assert.Contains(role, roles.Names));
            }
        );
    }

    [Fact]
    public void A_right_that_is_declared_twice_stops_the_start()
    {
        var refused = Assert.Throws<InvalidOperationException>(() =>
            new Roles([new("author")], [new("bulletins.see", "author"), new("bulletins.see", Right.EveryRole)])
        );

        Assert.Contains("bulletins.see", refused.Message);
    }

    static IEnumerable<string> LinesOf(string module)
    {
        var services = ServicesOf(module);
        var roles = services.Declared<Role>().Select(role => $"role {role.Name}");
        var rights = services
            .Declared<Right>()
            .Select(right => $"{right.Name, -40} {string.Join(", ", right.Roles.Order(StringComparer.Ordinal))}");
        return [.. roles.Order(StringComparer.Ordinal), .. rights.Order(StringComparer.Ordinal)];
    }

    static ServiceCollection ServicesOf(string module)
    {
        var services = new ServiceCollection();
        Assembly
            .Load("Loa." + module)
            .GetType($"Loa.{module}.{module}Module", throwOnError: true)!
            .GetMethod("Add" + module)!
            .Invoke(null, [services, new ConfigurationBuilder().Build()]);
        return services;
    }
}

static class Declarations
{
    public static IEnumerable<T> Declared<T>(this IServiceCollection services) =>
        services.Select(s => s.IsKeyedService ? null : s.ImplementationInstance).OfType<T>();
}
