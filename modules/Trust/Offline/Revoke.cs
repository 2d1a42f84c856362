using System.CommandLine;
using Loa.Air;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.Delegations;
using Loa.Trust.Revoking;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary>
/// <c>loa trust revoke</c>: the root signs the next list of revocations. With <c>--data</c> it is in force on that server at once;
/// with <c>--list</c> the file that the server's page gave is signed, to be carried back.
/// </summary>
static class Revoke
{
    public static System.CommandLine.Command Make(ServerData servers)
    {
        var root = KeeperCommand.Root();
        var passphrase = KeeperCommand.Passphrase();
        var data = KeeperCommand.Data();
        var delegation = new Option<Guid?>("--delegation") { Description = "id of the delegation to take back" };
        var lost = new Option<string?>("--key") { Description = "id of a lost key: nothing it signs counts any more" };
        var comment = new Option<string>("--comment")
        {
            DefaultValueFactory = _ => "loa trust revoke",
            Description = "why; stands in the ledger",
        };
        var list = new Option<string?>("--list") { Description = "file of the next list, from the server's page" };
        var file = KeeperCommand.Out();
        var command = new System.CommandLine.Command("revoke", "take back a delegation or a key")
        {
            root,
            passphrase,
            data,
            delegation,
            lost,
            comment,
            list,
            file,
        };
        command.Do(
            async (parsed, cancel) =>
            {
                var key = KeeperCommand.OpenKey(parsed.GetValue(root)!, parsed.GetValue(passphrase));
                var jws = parsed.GetValue(data) is { } folder
                    ? await Publish(
                        key,
                        servers,
                        folder,
                        parsed.GetValue(delegation),
                        parsed.GetValue(lost),
                        parsed.GetValue(comment)!,
                        cancel
                    )
                    : await SignFile(key, parsed.GetValue(list), cancel);
                await KeeperCommand.Deliver(jws, parsed.GetValue(file), cancel);
            }
        );
        return command;
    }

    static async Task<string> SignFile(SigningKey root, string? file, CancellationToken cancel)
    {
        Refuse.If(file is null, "trust.needs-list");
        var next = AirFile.Read<Revocations>(await File.ReadAllTextAsync(file, cancel));
        Refuse.If(next is null, "trust.not-a-list", file);
        return next.Sign(root);
    }

    static async Task<string> Publish(
        SigningKey root,
        ServerData servers,
        string data,
        Guid? delegation,
        string? lostKey,
        string comment,
        CancellationToken cancel
    )
    {
        await using var services = await servers.Open(data, cancel);
        await using var scope = services.CreateAsyncScope();
        var delegations = scope.ServiceProvider.GetRequiredService<DelegationCases>();
        var list = scope.ServiceProvider.GetRequiredService<RevocationList>();
        var revoked =
            delegation is { } id ? await delegations.Get(id, cancel)
            : lostKey is { } kid && await delegations.OfKey(kid, cancel) is [var latest, ..] ? latest
            : null;
        Refuse.If(revoked is null, "trust.nothing-to-revoke");
        var next = await list.Next(revoked, wholeKey: lostKey is not null, cancel);
        var jws = next.Sign(root);
        await list.Publish(jws, comment, _ => Actor.Server, cancel);
        Console.WriteLine(Words.Get("trust.cli.revoked", next.Version));
        return jws;
    }
}
