using System.Diagnostics.Metrics;
using Loa.Cluster;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Gateway;

/// <summary>
/// The door of Gateway: connections of speakers. It keeps nothing and knows no capability; whoever takes reports or brings
/// speakers to something registers through Contracts.
/// </summary>
public static class GatewayModule
{
    static readonly UseCases UseCases = new UseCases().Add<AskChallenge>().Add<ConnectByWebSocket>();

    /// <summary>Before the modules that stand on it: what they tell speakers about a change of the root comes after the change.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration config)
    {
        services
            .AddOptions<GatewayOptions>()
            .Bind(config.GetSection("Mqtt"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(p =>
            NodeConnections.Of(
                p.GetRequiredService<IOptions<GatewayOptions>>().Value,
                p.GetRequiredService<IMeterFactory>()
            )
        );
        services.AddSingleton<IGatewayNode>(p => p.GetRequiredService<NodeConnections>());
        services.AddSingleton<IConnectionRegistry>(p =>
        {
            var connections = new LocalConnectionRegistry(p.GetRequiredService<TimeProvider>());
            connections.Join(p.GetRequiredService<NodeConnections>());
            return connections;
        });
        services.AddSingleton<KeyLookup>().AddSingleton<Challenges>().AddSingleton<RevokedKeys>();
        services.AddNodeCache<OwnDelegations>("gateway.own-delegations");
        services.AddSingleton<Acknowledge>().AddSingleton<TimeServer>();
        services.AddSingleton<TopicTable>().AddSingleton<SpeakerMessages>();
        services.AddSingleton<SpeakerAdmission>().AddSingleton<SpeakerMqttHandler>();
        services.AddSingleton<DesiredStateSync>().AddHostedService<RetrySync>();
        services.AddSingleton<HeadTurns>().AddSingleton<ReportIngest>();
        // What has come in is stored after the door is closed.
        services.AddHostedService(p => p.GetRequiredService<ReportIngest>());
        services.AddHostedService<GatewayServer>();
        services.AddReceiver<PushRevocations, RevocationsChanged>();
        services.AddSingleton<TellRoots>();
        services.AddReceiver<PushRoots, RootChanged>();
        UseCases.AddTo(services);
        return services;
    }

    public static IEndpointRouteBuilder MapGateway(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }
}
