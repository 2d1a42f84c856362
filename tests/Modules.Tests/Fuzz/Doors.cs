using System.Reflection;
using Loa.Devices.Packages;
using Loa.Kernel;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Fuzz;

/// <summary>A route of the running server, with what its handler reads from outside.</summary>
sealed record Door(
    string Method,
    RoutePattern Pattern,
    string? Right,
    IReadOnlyList<ParameterInfo> Asked,
    Type? Request
)
{
    static readonly Type[] inputs = [typeof(Input<>), typeof(ArchiveInput<>)];

    public string Name => $"{Method} {Pattern.RawText}";

    /// <summary>From what the server maps, so that a new route is tried without a word more.</summary>
    public static IReadOnlyList<Door> All(IServiceProvider services) =>
        [
            .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD"
            let handler = endpoint.Metadata.GetMetadata<MethodInfo>()
            select new Door(
                method,
                endpoint.RoutePattern,
                endpoint.Metadata.GetMetadata<Permission>()?.Right,
                [.. handler?.GetParameters().Where(p => IsAsked(p.ParameterType)) ?? []],
                handler
                    ?.GetParameters()
                    .Select(p => p.ParameterType)
                    .FirstOrDefault(t => t.IsGenericType && inputs.Contains(t.GetGenericTypeDefinition()))
                    ?.GetGenericArguments()[0]
            ),
        ];

    public bool IsForm => Request is not null;

    public string Address(Func<string, string> value) =>
        string.Concat(
            Pattern.PathSegments.Select(segment =>
                "/"
                + string.Concat(
                    segment.Parts.Select(part =>
                        part is RoutePatternLiteralPart literal ? literal.Content
                        : part is RoutePatternParameterPart parameter ? value(parameter.Name)
                        : "."
                    )
                )
            )
        )
            is { Length: > 0 } address
            ? address
            : "/";

    static bool IsAsked(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (
            plain == typeof(string)
            || plain == typeof(Guid)
            || plain == typeof(int)
            || plain == typeof(bool)
            || plain.IsEnum
        );
}
