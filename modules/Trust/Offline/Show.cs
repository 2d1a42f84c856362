using System.CommandLine;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Loa.Trust.Roots;
using Loa.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary><c>loa trust show</c>: the root, the server's key and every delegation of a server, one line each.</summary>
static class Show
{
    public static Command Make(ServerData servers)
    {
        var data = new Option<string>("--data")
        {
            DefaultValueFactory = _ => "data",
            Description = "data folder of the server",
        };
        var command = new Command("show", "show root, server key and delegations") { data };
        command.Do((parsed, cancel) => Run(servers, parsed.GetValue(data)!, cancel));
        return command;
    }

    static async Task Run(ServerData servers, string data, CancellationToken cancel)
    {
        await using var services = await servers.Open(data, cancel);
        await using var scope = services.CreateAsyncScope();
        var roots = services.GetRequiredService<ProvinceRoots>();
        var now = services.GetRequiredService<TimeProvider>().Moment();
        Console.WriteLine(
            Words.Get(
                roots.Today is null ? "trust.cli.show.no-root"
                    : roots.DemoRoot is null ? "trust.cli.show.root"
                    : "trust.cli.show.demo-root",
                roots.Today?.KeyId
            )
        );
        Console.WriteLine(Words.Get("trust.cli.show.server", services.GetRequiredService<KeyFolder>().Server.KeyId));
        var list = await scope.ServiceProvider.GetRequiredService<RevocationList>().InForce(cancel);
        Console.WriteLine(Words.Get("trust.cli.show.revocations", list?.Document.Version ?? 0));
        var delegations = scope.ServiceProvider.GetRequiredService<DelegationCases>();
        var all = await delegations.Load(delegations.Rows, cancel);
        foreach (var d in all)
            Console.WriteLine(
                $"{d.Id}  {Words.Get("standing." + d.StandingAt(now, roots.Today)), -14}  {d.Document.Name}  {d.Document.Kid}  "
                    + $"{d.Document.NotBefore.Shown(Precision.Day)}–{d.Document.Expires.Shown(Precision.Day)}"
            );
    }
}
