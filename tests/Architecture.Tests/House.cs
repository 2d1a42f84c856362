using System.Reflection;
using Loa.Kernel;
using Loa.Server.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

/// <summary>The server put together but not opened: enough to ask what it is made of.</summary>
sealed class House(WebApplication app, string folder) : IAsyncDisposable
{
    /// <param name="Module">The folder of modules/ that maps it; null for the server's own.</param>
    public sealed record Route(string Method, string Pattern, string? Permission, string? Module);

    /// <summary>The names of the modules, as their folders are called.</summary>
    public static IReadOnlyList<string> Modules() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(HouseTests.Root(), "modules"), "*.csproj", SearchOption.AllDirectories)
                .Select(project => Path.GetFileNameWithoutExtension(project))
                .Order(StringComparer.Ordinal),
        ];

    public static Task<House> Build()
    {
        var folder = Directory.CreateTempSubdirectory("loa-shape-").FullName;
        return Task.FromResult(
            new House(
                LoaServer.Build([
                    $"--Data={folder}",
                    "--Port=0",
                    "--Mqtt:Port=0",
                    $"--Telemetry:MetricsToken={new string('t', 32)}",
                ]),
                folder
            )
        );
    }

    public IServiceProvider Services => app.Services;

    public IEnumerable<RouteEndpoint> Endpoints() =>
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    public IEnumerable<Route> Routes() =>
        from endpoint in Endpoints()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select new Route(
            method,
            "/" + endpoint.RoutePattern.RawText!.TrimStart('/'),
            endpoint.Metadata.GetMetadata<Permission>()?.Right,
            ModuleOf(endpoint)
        );

    // A use case of the engine that a module makes its own is the module's.
    static string? ModuleOf(RouteEndpoint endpoint)
    {
        var method = endpoint.Metadata.GetMetadata<MethodInfo>() ?? endpoint.RequestDelegate!.Method;
        var owner = method.DeclaringType!.GetGenericArguments().FirstOrDefault() ?? method.DeclaringType;
        var name = owner.Assembly.GetName().Name!["Loa.".Length..];
        return Modules()
            .FirstOrDefault(module =>
                module == name
                // The shell serves each module's files.
                || endpoint.RoutePattern.RawText!.StartsWith($"/files/{module}/", StringComparison.OrdinalIgnoreCase)
            );
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
