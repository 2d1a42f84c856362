using System.CommandLine;
using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Trust.Offline;

/// <summary>
/// <c>loa trust new-root</c> makes the province's root key, <c>loa trust new-key</c> the key of whoever builds packages, each
/// to be kept off every server; beside it lies the public half.
/// </summary>
static class NewKey
{
    public static Command Root() => Make("new-root", "make a root key; keep the file offline", "trust.cli.new-root");

    public static Command Package() => Make("new-key", "make a key that signs packages", "trust.cli.new-key");

    static Command Make(string verb, string description, string made)
    {
        var file = new Option<string>("--out") { Required = true, Description = "file for the private key (PEM)" };
        var passphrase = KeeperCommand.Passphrase();
        var command = new Command(verb, description) { file, passphrase };
        command.Do(
            (parsed, cancel) =>
                Run(parsed.GetValue(file)!, KeeperCommand.Secret(parsed.GetValue(passphrase)), made, cancel)
        );
        return command;
    }

    static async Task Run(string file, string? passphrase, string made, CancellationToken cancel)
    {
        Refuse.If(File.Exists(file), "trust.file-exists", file);
        var key = SigningKey.Create();
        key.Save(file, passphrase);
        var publicFile = Path.ChangeExtension(file, ".jwk");
        await File.WriteAllTextAsync(publicFile, JsonSerializer.Serialize(key.Public.Jwk) + "\n", cancel);
        Console.WriteLine(Words.Get(made, file, publicFile, key.KeyId));
    }
}
