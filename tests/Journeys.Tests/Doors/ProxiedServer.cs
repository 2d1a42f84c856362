namespace Loa.Doors;

/// <summary>A server that believes what nginx, and nothing else, says of a caller.</summary>
public sealed class ProxiedServer : IAsyncLifetime
{
    readonly string data = Directory.CreateTempSubdirectory("loa-proxy-").FullName;
    ServerProcess server = null!;

    public Uri Address => server.Address;

    public string Password { get; private set; } = "";

    internal Nginx Nginx { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        server = new(data, settings: ["LOA_Proxy__Trusted=127.0.0.1"]);
        await server.Start(timeout.Token);
        Nginx = await Nginx.Before(server.Address, timeout.Token);
        Password = (await File.ReadAllTextAsync(Path.Combine(data, "demo-password"), timeout.Token)).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        server.Dispose();
        Directory.Delete(data, recursive: true);
    }
}
