using Loa.Contracts.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>How a module declares what people learn by it.</summary>
public static class NoticeDeclarations
{
    public static IServiceCollection AddNoticeKinds(this IServiceCollection services, IEnumerable<NoticeKind> kinds)
    {
        foreach (var kind in kinds)
            services.AddSingleton(kind);
        return services;
    }
}
