using System.Text.Encodings.Web;
using System.Text.Unicode;
using Loa.Cluster;
using Loa.Contracts.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Loa.Kernel;

/// <summary>The Kernel's door.</summary>
public static class KernelServices
{
    public static IServiceCollection AddKernel(this IServiceCollection services, Storage storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(storage);
        services.AddSingleton<DatabaseWatch>();
        services.AddMetrics().AddSingleton<OutboxMeters>().AddSingleton<OutboxBell>();
        services.AddOnlyNode();
        services.AddSingleton<Outages>().AddSingleton(typeof(BackgroundWork<>));
        services.AddHostedService<FreshStatistics>();
        services.AddSingleton<TableSizes>().AddSingleton<IKeptKind, KeptNews>();
        services.AddSingleton<Roles>().AddScoped<Sight>();
        services.AddSingleton<Streams>().AddSingleton<LiveBells>();
        services.AddExceptionHandler<Problems>();
        services.AddProblemDetails();
        // Vietnamese letters as they are, not as &#x…; everything dangerous is still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }
}

/// <summary>Data for a first start: the demo province. Brought in once, in order; each module brings its own.</summary>
public interface ISeed
{
    int Order { get; }

    Task Run(CancellationToken cancel);
}
