using System.CommandLine;
using Loa.Air;
using Loa.Jose;
using Loa.Kernel;
using Loa.Trust.HandingOver;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Trust.Offline;

/// <summary>
/// <c>loa trust hand-over</c>: the root names the one that takes its place, and that one signs anew what is in force. With <c>--data</c>
/// it holds on that server at once; with <c>--draft</c> the file that the server's page gave is signed, to be carried back.
/// </summary>
static class HandOver
{
    public static System.CommandLine.Command Make(ServerData servers)
    {
        var root = KeeperCommand.Root();
        var passphrase = KeeperCommand.Passphrase();
        var next = new Option<string>("--next")
        {
            Required = true,
            Description = "file of the next root's private key",
        };
        var nextPassphrase = new Option<string?>("--next-passphrase-file")
        {
            Description = "file whose first line opens the next root's key",
        };
        var draft = new Option<string?>("--draft")
        {
            Description = "file of what is to be signed, from the server's page",
        };
        var data = KeeperCommand.Data();
        var days = new Option<int>("--days")
        {
            DefaultValueFactory = _ => 180,
            Description = "how long the word of the root before counts beside that of the next",
        };
        var comment = new Option<string>("--comment")
        {
            DefaultValueFactory = _ => "loa trust hand-over",
            Description = "why; stands in the ledger",
        };
        var file = KeeperCommand.Out();
        var command = new System.CommandLine.Command("hand-over", "name the root that takes this one's place")
        {
            root,
            passphrase,
            next,
            nextPassphrase,
            draft,
            data,
            days,
            comment,
            file,
        };
        command.Do(
            async (parsed, cancel) =>
            {
                var keys = new Keys(
                    KeeperCommand.OpenKey(parsed.GetValue(root)!, parsed.GetValue(passphrase)),
                    KeeperCommand.OpenKey(parsed.GetValue(next)!, parsed.GetValue(nextPassphrase)),
                    parsed.GetValue(days)
                );
                var signed = parsed.GetValue(data) is { } folder
                    ? await Take(keys, servers, folder, parsed.GetValue(comment)!, cancel)
                    : keys.Sign(await Read(parsed.GetValue(draft), cancel));
                await KeeperCommand.Deliver(signed, parsed.GetValue(file), cancel);
                Console.WriteLine(
                    Words.Get("trust.cli.handed-over", keys.Next.KeyId, ClaimCheck.RootNumber(keys.Next.KeyId))
                );
            }
        );
        return command;
    }

    static async Task<HandOverDraft> Read(string? file, CancellationToken cancel)
    {
        Refuse.If(file is null, "trust.needs-draft");
        var draft = HandOverDraft.Read(await File.ReadAllTextAsync(file, cancel));
        Refuse.If(draft is null, "trust.not-a-draft", file);
        return draft;
    }

    static async Task<string> Take(Keys keys, ServerData servers, string data, string comment, CancellationToken cancel)
    {
        await using var services = await servers.Open(data, cancel);
        await using var scope = services.CreateAsyncScope();
        var handOver = scope.ServiceProvider.GetRequiredService<RootHandOver>();
        var signed = keys.Sign(await handOver.DrawUp(cancel));
        await handOver.Take(HandOverPapers.Read(signed), Actor.Server, comment, cancel);
        return signed;
    }

    sealed record Keys(SigningKey Root, SigningKey Next, int Days)
    {
        public string Sign(HandOverDraft draft)
        {
            Refuse.If(draft.Root != Root.KeyId, "trust.not-by-root");
            var now = TimeProvider.System.Moment();
            return draft.Sign(Root, Next, now, now.AddDays(Days));
        }
    }
}
