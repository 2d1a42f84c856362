using System.CommandLine;
using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.People.Trust.Keeper;

/// <summary><c>loa trust new-key</c>: makes the key of whoever builds packages, to be kept where they are built and off every server.</summary>
static class NewKey
{
    public static Command Make()
    {
        var file = new Option<string>("--out") { Required = true, Description = "file for the private key (PEM)" };
        var passphrase = KeeperDesk.Passphrase();
        var command = new Command("new-key", "make a key that signs packages") { file, passphrase };
        command.Do(
            (parsed, cancel) => Run(parsed.GetValue(file)!, KeeperDesk.Secret(parsed.GetValue(passphrase)), cancel)
        );
        return command;
    }

    static async Task Run(string file, string? passphrase, CancellationToken cancel)
    {
        Refuse.If(File.Exists(file), "trust.file-exists", file);
        var key = SigningKey.Create();
        key.Save(file, passphrase);
        var publicFile = Path.ChangeExtension(file, ".jwk");
        await File.WriteAllTextAsync(publicFile, JsonSerializer.Serialize(key.Public.Jwk) + "\n", cancel);
        Console.WriteLine(Words.Get("trust.cli.new-key", file, publicFile, key.KeyId));
    }
}
