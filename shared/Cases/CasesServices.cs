using Loa.Contracts.Ledger;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Loa.Cases;

/// <summary>The door of the case engine.</summary>
public static class CasesServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        Words.Add(typeof(CasesServices).Assembly);
        services.AddSingleton<ProcedureCatalog>();
        services.AddSingleton<Ledger>().AddSingleton<HeadChain>().AddSingleton<LedgerStatus>();
        services.TryAddSingleton(new LedgerAnchors(Any: false));
        services.AddSingleton<ILedgerHead>(p => p.GetRequiredService<LedgerStatus>());
        services.AddSingleton<ILedgerStates>(p => p.GetRequiredService<LedgerStatus>());
        services.AddHostedService<SealDays>();
        services.AddSingleton<IKeptKind>(p => new KeptRows(
            "acts",
            null,
            ["Acts", "Cases", "CaseWords_data", "CaseWords_docsize", "Days", "Heads"],
            p.GetRequiredService<TableSizes>()
        ));
        return services;
    }

    /// <summary>One kind of case of a module: its procedure, and the one way to its cases.</summary>
    public static IServiceCollection AddCase<T, TDb>(this IServiceCollection services)
        where T : ICase<T>
        where TDb : CaseDb
    {
        services.AddSingleton(T.Procedure).AddSingleton(ListKeys.StepOf<TDb>(T.Procedure));
        return services.AddScoped(p => new Cases<T>(
            p.GetRequiredService<TDb>(),
            p.GetRequiredService<Sight>(),
            p.GetRequiredService<TimeProvider>()
        ));
    }
}
