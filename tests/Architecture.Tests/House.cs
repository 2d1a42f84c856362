using Loa.Kernel;
using Loa.Server.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

/// <summary>The server put together but not opened: enough to ask what it is made of.</summary>
sealed class House(WebApplication app, string folder) : IAsyncDisposable
{
    public sealed record Route(string Method, string Pattern, string? Permission);

    public static Task<House> Build()
    {
        var folder = Directory.CreateTempSubdirectory("loa-shape-").FullName;
        return Task.FromResult(new House(LoaServer.Build([$"--Data={folder}", "--Port=0", "--Mqtt:Port=0"]), folder));
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
            endpoint.Metadata.GetMetadata<Permission>()?.Right
        );

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
