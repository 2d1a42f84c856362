using Loa.Cases;
using Loa.Kernel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary>Opens a server's data for the keeper; nothing runs in the background.</summary>
/// <param name="addHost">Registers the module whose database it is.</param>
sealed class ServerData(Func<IServiceCollection, IConfiguration, IServiceCollection> addHost)
{
    /// <summary>The services over a data folder, its database brought to today's shape.</summary>
    public async Task<ServiceProvider> Open(string data, CancellationToken cancel)
    {
        Refuse.Unless(Directory.Exists(data), "trust.no-data", data);
        var config = new ConfigurationBuilder().AddEnvironmentVariables("LOA_").Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKernel(
            new Storage { Folder = Path.GetFullPath(data), Postgres = config.GetConnectionString("Postgres") }
        );
        addHost(services.AddCases(), config).AddTrust(config);
        var provider = services.BuildServiceProvider();
        await provider.Migrate(cancel);
        return provider;
    }
}
