using System.CommandLine;
using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.People.Trust.Keeper;

/// <summary><c>loa trust new-root</c>: makes the province's root key, and beside it the public half to install on servers.</summary>
static class NewRoot
{
    public static Command Make()
    {
        var file = new Option<string>("--out") { Required = true, Description = "file for the private key (PEM)" };
        var passphrase = KeeperDesk.Passphrase();
        var command = new Command("new-root", "make a root key; keep the file offline") { file, passphrase };
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
        Console.WriteLine(Words.Get("trust.cli.new-root", file, publicFile, key.KeyId));
    }
}
