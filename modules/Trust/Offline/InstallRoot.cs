using System.CommandLine;
using Loa.Kernel;
using Loa.Trust.Roots;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary><c>loa trust install-root</c>: gives a server the public half of the province's root; the demo root counts no longer.</summary>
static class InstallRoot
{
    public static Command Make(ServerData servers)
    {
        var jwk = new Option<string>("--jwk") { Required = true, Description = "file of the root's public key (JWK)" };
        var data = new Option<string>("--data")
        {
            DefaultValueFactory = _ => "data",
            Description = "data folder of the server",
        };
        var command = new Command("install-root", "install the root's public key on a server") { jwk, data };
        command.Do((parsed, cancel) => Run(servers, parsed.GetValue(jwk)!, parsed.GetValue(data)!, cancel));
        return command;
    }

    static async Task Run(ServerData servers, string jwk, string data, CancellationToken cancel)
    {
        Directory.CreateDirectory(data);
        var key = KeyFolder.ReadPublic(jwk);
        await using var services = await servers.Open(data, cancel);
        services.GetRequiredService<KeyFolder>().Install(key);
        Console.WriteLine(Words.Get("trust.cli.installed", key.KeyId));
    }
}
