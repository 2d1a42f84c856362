using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.Extensions.Options;

namespace Loa.Trust.Roots;

/// <summary>
/// The keys on this server's disk, below data/keys: the public half of the province's first root (root.jwk), the server's own
/// key (server.pem), and in a demo a root key that has no business being here (demo-root.pem).
/// </summary>
/// <remarks>Which root took its place since stands in the ledger (<see cref="ProvinceRoots"/>).</remarks>
sealed class KeyFolder
{
    readonly string folder;
    readonly Lazy<SigningKey> server;
    readonly Lazy<SigningKey?> demoRoot;
    readonly Lazy<PublicKey?> first;

    public KeyFolder(Storage storage, IOptions<TrustOptions> options)
    {
        folder = storage.FolderOf("keys");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        server = new(() => LoadOrMake("server.pem"));
        demoRoot = new(() =>
            File.Exists(RootPath) ? null
            : options.Value.Demo || File.Exists(In("demo-root.pem")) ? LoadOrMake("demo-root.pem")
            : null
        );
        first = new(() => File.Exists(RootPath) ? ReadPublic(RootPath) : DemoRoot?.Public);
    }

    /// <summary>The server's own key, made when first needed.</summary>
    public SigningKey Server => server.Value;

    /// <summary>Null as soon as a real root is installed.</summary>
    public SigningKey? DemoRoot => demoRoot.Value;

    /// <summary>The root by which the province began.</summary>
    public PublicKey? FirstRoot => first.Value;

    string RootPath => In("root.jwk");

    /// <summary>Puts the public half of a real root in place; a running server takes it at its next start.</summary>
    public void Install(PublicKey key)
    {
        Refuse.If(File.Exists(RootPath), "trust.root-installed", RootPath);
        var draft = RootPath + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(key.Jwk) + "\n");
        File.Move(draft, RootPath);
    }

    public static PublicKey ReadPublic(string path) =>
        PublicFrom(File.ReadAllText(path)) ?? throw new RefusedException("trust.not-a-jwk", path);

    /// <summary>Null when the text is no public key.</summary>
    public static PublicKey? PublicFrom(string text)
    {
        try
        {
            return PublicKey.TryFrom(JsonSerializer.Deserialize<Jwk>(text), out var key) ? key : null;
        }
        catch (JsonException)
        {
            // Told by the null: the file came from a person.
            return null;
        }
    }

    SigningKey LoadOrMake(string name)
    {
        var path = In(name);
        if (!File.Exists(path))
            try
            {
                SigningKey.Create().Save(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process of ours was faster; its key is the key.
            }
        return SigningKey.Load(path);
    }

    string In(string name) => Path.Combine(folder, name);
}
