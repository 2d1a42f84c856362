using Loa.Contracts.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Registers what a module keeps.</summary>
public static class KeptKinds
{
    /// <summary>Kept for ever.</summary>
    public static IServiceCollection AddKept<TDb>(this IServiceCollection services, string name, params string[] tables)
        where TDb : ModuleDb =>
        services.AddSingleton<IKeptKind>(p => new KeptRows(
            name,
            typeof(TDb),
            tables,
            p.GetRequiredService<TableSizes>()
        ));

    public static IServiceCollection AddAging<TDb, TRow>(
        this IServiceCollection services,
        string name,
        string table,
        Aging<TDb, TRow> aging
    )
        where TDb : ModuleDb
        where TRow : class =>
        services.AddSingleton<IKeptKind>(p => new AgingRows<TDb, TRow>(
            name,
            [table],
            aging,
            p.GetRequiredService<TableSizes>(),
            p.GetRequiredService<IArchives>(),
            p.GetRequiredService<IServiceScopeFactory>()
        ));
}
