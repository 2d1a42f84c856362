using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Cases;

/// <summary>The door of the case engine.</summary>
public static class CasesServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        Words.Add(typeof(CasesServices).Assembly);
        services.AddSingleton<ProcedureBook>();
        services.AddSingleton<Ledger>();
        services.AddHostedService<SealDays>();
        return services;
    }
}
