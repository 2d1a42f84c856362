using System.CommandLine;
using Loa.Air;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary>
/// <c>loa trust delegate</c>: the root signs a request. With <c>--data</c> the grant is recorded on that server; without it the
/// signed delegation is printed, to be carried to the server's Keys and delegations page.
/// </summary>
static class Delegate
{
    public static System.CommandLine.Command Make(ServerData servers)
    {
        var root = KeeperCommand.Root();
        var passphrase = KeeperCommand.Passphrase();
        var server = new Option<bool>("--server") { Description = "the server's own key: timetables and commands" };
        var request = new Option<string?>("--request") { Description = "file of a request, or its id with --data" };
        var data = KeeperCommand.Data();
        var file = KeeperCommand.Out();
        var command = new System.CommandLine.Command("delegate", "sign a request for a delegation")
        {
            root,
            passphrase,
            server,
            request,
            data,
            file,
        };
        command.Do(
            async (parsed, cancel) =>
            {
                var key = KeeperCommand.OpenKey(parsed.GetValue(root)!, parsed.GetValue(passphrase));
                var jws = parsed.GetValue(data) is { } folder
                    ? await Grant(
                        key,
                        parsed.GetValue(server) ? null : parsed.GetValue(request),
                        servers,
                        folder,
                        cancel
                    )
                    : await SignFile(key, parsed.GetValue(request), cancel);
                await KeeperCommand.Deliver(jws, parsed.GetValue(file), cancel);
            }
        );
        return command;
    }

    static async Task<string> SignFile(SigningKey root, string? file, CancellationToken cancel)
    {
        Refuse.If(file is null, "trust.needs-request");
        var wanted = AirFile.Read<Delegation>(await File.ReadAllTextAsync(file, cancel));
        Refuse.If(wanted is null, "trust.not-a-request", file);
        return wanted.Sign(root);
    }

    /// <param name="request">Null for the server's own key.</param>
    static async Task<string> Grant(
        SigningKey root,
        string? request,
        ServerData servers,
        string data,
        CancellationToken cancel
    )
    {
        await using var services = await servers.Open(data, cancel);
        await using var scope = services.CreateAsyncScope();
        var delegations = scope.ServiceProvider.GetRequiredService<DelegationCases>();
        var asked = request is null
            ? await scope.ServiceProvider.GetRequiredService<ServerDelegation>().Ask(cancel)
            : await delegations.Get(await IdOf(request, cancel), cancel);
        Refuse.If(asked is null, "trust.nothing-to-delegate");
        var jws = asked.Document.Sign(root);
        await delegations.Grant(asked, jws, Actor.Server, cancel);
        Console.WriteLine(Words.Get("trust.cli.granted", asked.Document.Name, asked.Document.Kid));
        return jws;
    }

    static async Task<Guid> IdOf(string request, CancellationToken cancel)
    {
        if (Guid.TryParse(request, out var id))
            return id;
        var wanted = AirFile.Read<Delegation>(await File.ReadAllTextAsync(request, cancel));
        Refuse.If(wanted is null, "trust.not-a-request", request);
        return wanted.Id;
    }
}
