using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>One thing a person or a machine can do with the product, in one file: request, response, route, run.</summary>
public interface IUseCase
{
    static abstract void Map(IEndpointRouteBuilder routes);
}

/// <summary>A module's table of contents: one line per use case.</summary>
public sealed class UseCases
{
    readonly List<(Type Type, Action<IEndpointRouteBuilder> Map)> all = [];

    public IEnumerable<Type> Types => all.Select(u => u.Type);

    public UseCases Add<TUseCase>()
        where TUseCase : class, IUseCase
    {
        all.Add((typeof(TUseCase), TUseCase.Map));
        return this;
    }

    public void AddTo(IServiceCollection services)
    {
        foreach (var (type, _) in all)
            services.AddScoped(type);
    }

    public void MapTo(IEndpointRouteBuilder routes)
    {
        foreach (var (_, map) in all)
            map(routes);
    }
}
