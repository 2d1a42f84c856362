using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Papers;

/// <summary>The door of the paper store.</summary>
public static class PapersServices
{
    public static IServiceCollection AddPapers(this IServiceCollection services)
    {
        Words.Add(typeof(PapersServices).Assembly);
        return services.AddSingleton<PaperStore>().AddHostedService<ClearIncoming>();
    }
}
