using System.CommandLine;
using System.Security.Cryptography;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Trust.Offline;

/// <summary>What the keeper's commands share: opening a root key, and saying in one sentence what went wrong.</summary>
static class KeeperCommand
{
    public static Option<string> Root() =>
        new("--root") { Required = true, Description = "file of the root's private key (PEM)" };

    public static Option<string?> Passphrase() =>
        new("--passphrase-file") { Description = "file whose first line opens the key" };

    public static Option<string?> Data() =>
        new("--data") { Description = "data folder of a server; it may be running" };

    public static Option<string?> Out() =>
        new("--out") { Description = "file for the signed document; the screen when left out" };

    public static SigningKey OpenKey(string path, string? passphraseFile) =>
        SigningKey.Load(path, Secret(passphraseFile));

    public static string? Secret(string? file) => file is null ? null : File.ReadLines(file).FirstOrDefault()?.Trim();

    public static async Task Deliver(string jws, string? file, CancellationToken cancel)
    {
        if (file is null)
        {
            Console.WriteLine(jws);
            return;
        }
        await File.WriteAllTextAsync(file, jws + "\n", cancel);
        Console.WriteLine(Words.Get("trust.cli.written", file));
    }

    /// <summary>Runs a command; what the keeper can mend himself is one sentence and exit code 1.</summary>
    public static void Do(this Command command, Func<ParseResult, CancellationToken, Task> work) =>
        command.SetAction(
            async (parsed, cancel) =>
            {
                Words.Add(typeof(KeeperCommand).Assembly);
                try
                {
                    await work(parsed, cancel);
                    return 0;
                }
                catch (Exception e) when (Sentence(e) is { } sentence)
                {
                    await Console.Error.WriteLineAsync(sentence);
                    return 1;
                }
            }
        );

    static string? Sentence(Exception exception) =>
        exception switch
        {
            RefusedException e => Words.Get("refused." + e.Code, e.Args),
            MissingException e => Words.Get("missing." + e.What),
            CryptographicException e => Words.Get("trust.cli.key", e.Message),
            IOException e => Words.Get("trust.cli.file", e.Message),
            UnauthorizedAccessException e => Words.Get("trust.cli.file", e.Message),
            _ => null,
        };
}
