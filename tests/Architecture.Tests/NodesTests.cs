using Loa.Cluster;
using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa;

/// <summary>What has to be right before a second node may stand beside the first (docs/decisions/0023).</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task Every_loop_says_whether_one_node_does_it_for_all_or_each_for_itself()
    {
        // What opens and closes, or clears at start, is no loop.
        string[] allowed = ["GatewayServer", "ClearLeftovers", "ClearIncoming"];
        await using var house = await House.Build();
        var hosted = Types()
            .Where(t => t.IsAssignableTo(typeof(IHostedService)) && !t.IsAbstract)
            .ToLookup(t => IsLoop(t.BaseType!), t => t.Name);

        Assert.NotEmpty(hosted[true]);
        Assert.Equal(allowed.Order(), hosted[false].Order());
    }

    [Fact]
    public async Task Loops_and_caches_have_written_names_of_their_own()
    {
        await using var house = await House.Build();
        var loops = house
            .Services.GetServices<IHostedService>()
            .Where(s => Is(s.GetType().BaseType!, typeof(LeaderLoop<>)));
        var caches = house.Services.GetServices<NodeCacheEntry>();
        var kept = Types().Where(t => t.IsAssignableTo(typeof(INodeCache)) && t.IsClass);

        Assert.Equal(kept.OrderBy(t => t.Name), caches.Select(c => c.Type).OrderBy(t => t.Name));
        List<string> names =
        [
            .. caches.Select(c => c.Name),
            .. loops.Select(l => (string)l.GetType().GetProperty(nameof(LeaderLoop<>.Name))!.GetValue(l)!),
        ];
        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.Matches("^[a-z]+([.-][a-z]+)+$", name));
    }

    static IEnumerable<Type> Types() =>
        AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(a => a.GetName().Name!.StartsWith("Loa.", StringComparison.Ordinal))
            .SelectMany(a => a.GetTypes());

    static bool IsLoop(Type type) => Is(type, typeof(LeaderLoop<>)) || Is(type, typeof(NodeLoop<>));

    static bool Is(Type type, Type open) => type.IsGenericType && type.GetGenericTypeDefinition() == open;
}
