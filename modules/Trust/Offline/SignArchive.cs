using System.CommandLine;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Trust.Offline;

/// <summary>
/// <c>loa trust package</c>: a maker signs an archive with his own key, away from every server. With <c>--root</c> the keeper lets
/// that key sign packages for these units and as long; both documents go into one file, to be given in with the archive.
/// </summary>
static class SignArchive
{
    public static System.CommandLine.Command Make()
    {
        var key = new Option<string>("--key")
        {
            Required = true,
            Description = "file of the maker's private key (PEM)",
        };
        var archive = new Option<string>("--archive") { Required = true, Description = "the package (tar.gz)" };
        var version = new Option<long>("--version") { Required = true, Description = "1, 2, 3 …; never one lower" };
        var label = new Option<string>("--label") { Required = true, Description = "the version for people" };
        var unit = new Option<Guid[]>("--unit") { Required = true, Description = "ids of the units it is for" };
        var model = new Option<string[]>("--model") { Description = "models it is for; all when left out" };
        var configuration = new Option<bool>("--configuration") { Description = "a configuration, not software" };
        var days = new Option<int>("--days") { DefaultValueFactory = _ => 365, Description = "how long it is good" };
        var root = new Option<string?>("--root")
        {
            Description = "file of the root's private key, to delegate the key",
        };
        var passphrase = KeeperCommand.Passphrase();
        var file = KeeperCommand.Out();
        var command = new System.CommandLine.Command("package", "sign a package of software or configuration")
        {
            key,
            archive,
            version,
            label,
            unit,
            model,
            configuration,
            days,
            root,
            passphrase,
            file,
        };
        command.Do(
            async (parsed, cancel) =>
            {
                var now = TimeProvider.System.Moment();
                var path = parsed.GetValue(archive)!;
                var package = new Package(
                    Guid.CreateVersion7(),
                    parsed.GetValue(configuration) ? PackageKind.Configuration : PackageKind.Software,
                    parsed.GetValue(version),
                    parsed.GetValue(label)!,
                    parsed.GetValue(model) ?? [],
                    parsed.GetValue(unit)!,
                    await Digest(path, cancel),
                    new FileInfo(path).Length,
                    now,
                    now.AddDays(parsed.GetValue(days))
                );
                Refuse.Unless(package.IsWithinBounds() && package.Units.Count > 0, "trust.package-bounds");
                var maker = KeeperCommand.OpenKey(parsed.GetValue(key)!, parsed.GetValue(passphrase));
                var signed = package.Sign(maker);
                if (parsed.GetValue(root) is { } keeper)
                    signed +=
                        "\n" + Delegate(KeeperCommand.OpenKey(keeper, parsed.GetValue(passphrase)), maker, package);
                await KeeperCommand.Deliver(signed, parsed.GetValue(file), cancel);
                Console.WriteLine(Words.Get("trust.cli.package", package.Label, package.Version, package.Digest));
            }
        );
        return command;
    }

    static async Task<string> Digest(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    static string Delegate(SigningKey root, SigningKey maker, Package package) =>
        new Delegation(
            Guid.CreateVersion7(),
            maker.KeyId,
            maker.Public.Jwk,
            package.Label,
            [AirKind.Package],
            [],
            package.Units,
            package.NotBefore,
            package.Expires
        ).Sign(root);
}
