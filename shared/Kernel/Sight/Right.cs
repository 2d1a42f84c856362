using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Something that a post lets its holder do, as the module declares it that asks for it.</summary>
/// <param name="Roles">The roles that give it; a module names only roles that some module declares.</param>
public sealed record Right(string Name, params IReadOnlyList<string> Roles)
{
    /// <summary>Stands for every role there is.</summary>
    public const string EveryRole = "*";
}

/// <summary>What a post can be, as the module declares it that brought it.</summary>
public sealed record Role(string Name);

/// <summary>How a module says who may do what in it.</summary>
public static class RightDeclarations
{
    public static IServiceCollection AddRoles(this IServiceCollection services, params IReadOnlyList<string> names)
    {
        foreach (var name in names)
            services.AddSingleton(new Role(name));
        return services;
    }

    public static IServiceCollection AddRights(this IServiceCollection services, params IReadOnlyList<Right> rights)
    {
        foreach (var right in rights)
            services.AddSingleton(right);
        return services;
    }
}
