using System.CommandLine;
using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Trust.Data;
using Loa.Trust.Delegations;
using Loa.Trust.HandingOver;
using Loa.Trust.Keys;
using Loa.Trust.Offline;
using Loa.Trust.Overview;
using Loa.Trust.Revoking;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust;

/// <summary>
/// The door of Trust: the root, the delegations that it granted, what it took back, and officers' own keys. It lodges in People's
/// database and ledger.
/// </summary>
public static class TrustModule
{
    internal static readonly WebFiles Files = new(typeof(TrustModule).Assembly, "trust");

    static readonly UseCases UseCases = new UseCases()
        .Add<ShowKeys>()
        .Add<AskForDelegation>()
        .Add<LetDemoRootSign>()
        .Add<GiveUpKey>()
        .Add<ShowTrust>()
        .Add<FetchRequest>()
        .Add<GrantDelegation>()
        .Add<DeclineDelegation>()
        .Add<RevokeDelegation>()
        .Add<PublishRevocations>()
        .Add<DrawUpRevocations>()
        .Add<ShowRoot>()
        .Add<DrawUpHandOver>()
        .Add<HandOverRoot>();

    /// <summary>After People, with whom it lodges; before all that stands on a root, because who hears of another one hears in this order.</summary>
    public static IServiceCollection AddTrust(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(TrustModule).Assembly);
        services
            .AddOptions<TrustOptions>()
            .Bind(config.GetSection("Trust"))
            .Configure(options => options.Demo = config.GetValue("Demo", false))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddLodger<TrustDb>("people");
        services.AddSingleton(Files);
        UseCases.AddTo(services);
        AddCases(services);
        services.AddSingleton<KeyFolder>().AddNodeCache<ProvinceRoots>("trust.roots").AddSingleton<ProvinceTrust>();
        services.AddSingleton<ITrust>(p => p.GetRequiredService<ProvinceTrust>());
        services.AddSingleton<ILedgerSigner, LedgerSigner>();
        services.AddScoped<DelegationCases>().AddScoped<RevocationList>().AddScoped<ServerDelegation>();
        services.AddScoped<HolderReach>().AddScoped<Orphans>().AddScoped<RootHandOver>();
        services.AddReceiver<RenewRoots, RootChanged>();
        services.AddHostedService<WatchPosts>();
        services.AddSingleton<WatchKeys>().AddHostedService(p => p.GetRequiredService<WatchKeys>());
        services.AddScoped<IDeskPart, TrustDesk>();
        services.AddNoticeKinds(DelegationNotices.Kinds);
        services.AddSingleton(new NavItem("nav.keys", "/keys", "key", TrustRights.HoldKey, 700));
        services.AddSingleton(new NavItem("nav.trust", "/trust", "shield-check", TrustRights.ManageTrust, 710));
        services.AddRights(
            new(TrustRights.ManageTrust, RoleNames.Administrator),
            new(TrustRights.HoldKey, RoleNames.Approver, RoleNames.Technician)
        );
        return services;
    }

    /// <summary>The command line of the root's keeper: <c>loa trust …</c>.</summary>
    /// <param name="addHost">Registers People, in whose database the commands work.</param>
    public static Command Command(Func<IServiceCollection, IConfiguration, IServiceCollection> addHost) =>
        TrustCommand.Make(new(addHost));

    public static IEndpointRouteBuilder MapTrust(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }

    static void AddCases(IServiceCollection services)
    {
        foreach (
            var procedure in new[]
            {
                DelegationProcedure.Definition,
                RevocationProcedure.Definition,
                RootProcedure.Definition,
            }
        )
        {
            services.AddSingleton(procedure);
            services.AddSingleton(new SecurityActs("key", procedure.Name, [.. procedure.Moves.Select(m => m.Name)]));
        }
    }
}
