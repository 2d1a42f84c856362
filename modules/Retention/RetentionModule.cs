using Loa.Cases;
using Loa.Contracts.People;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Archives;
using Loa.Retention.Data;
using Loa.Retention.Overview;
using Loa.Retention.Rules;
using Loa.Retention.Sweeps;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Retention;

/// <summary>The door of Retention: how long each kind of thing is kept, as rules that people make, and how much room there is.</summary>
public static class RetentionModule
{
    static readonly UseCases UseCases = new UseCases()
        .Add<ListRetention>()
        .Add<ShowRule>()
        .Add<ChangeRule>()
        .Add<FetchArchive>();

    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration config)
    {
        Words.Add(typeof(RetentionModule).Assembly);
        services.AddModuleDb<RetentionDb>("retention");
        services.AddSingleton(RetentionRuleProcedure.Definition);
        services.AddScoped<RetentionRules>().AddScoped<MeasureKinds>();
        services.AddCase<ArchiveFile, RetentionDb>().AddSingleton<IArchives, KeepArchives>();
        services.AddSingleton<IKeptKind, KeptArchives>().AddSingleton<ILedgerRule, ArchiveProof>();
        services.AddSingleton<SweepBoard>().AddSingleton<KeepRules>();
        services.AddHostedService(p => p.GetRequiredService<KeepRules>());
        services.AddSingleton(new NavItem("nav.retention", "/retention", "clock", RetentionRights.See, 730));
        services.AddRights(
            new(RetentionRights.See, RoleNames.Administrator, RoleNames.Auditor),
            new(RetentionRights.Manage, RoleNames.Administrator)
        );
        UseCases.AddTo(services);
        return services;
    }

    public static IEndpointRouteBuilder MapRetention(this IEndpointRouteBuilder routes)
    {
        UseCases.MapTo(routes);
        return routes;
    }
}
