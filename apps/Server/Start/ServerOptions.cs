using Microsoft.Extensions.Configuration;

namespace Loa.Server.Start;

/// <summary>What one server is told at its start, from command line, environment (LOA_…) and appsettings alike.</summary>
/// <param name="Port">HTTP port; 0 takes a free one.</param>
/// <param name="MqttPort">Port of the device gateway; 0 takes a free one.</param>
/// <param name="Demo">A root key on disk, the demo province and its accounts: for trying out, never for a province.</param>
sealed record ServerOptions(string Data, int Port, int MqttPort, bool Demo, string? Postgres)
{
    public static ServerOptions From(IConfiguration config) =>
        new(
            Path.GetFullPath(config["Data"] ?? "data"),
            config.GetValue("Port", 8080),
            config.GetValue("Mqtt:Port", 18830),
            config.GetValue("Demo", false),
            config.GetConnectionString("Postgres")
        );
}
