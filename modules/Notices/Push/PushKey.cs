using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Loa.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace Loa.Notices.Push;

/// <summary>
/// The key by which the browsers' makers know this server (VAPID), made when first needed and kept sealed at data/keys/push.key.
/// When it is lost, each browser is asked anew.
/// </summary>
sealed class PushKey(Storage storage, IDataProtectionProvider protection)
{
    readonly IDataProtector protector = protection.CreateProtector("loa-push-key");
    readonly Lock turn = new();
    Pair? pair;

    /// <param name="Public">The point, uncompressed, as browsers want it.</param>
    public sealed record Pair(string Public, string Private);

    public Pair Value
    {
        get
        {
            lock (turn)
                return pair ??= LoadOrMake();
        }
    }

    Pair LoadOrMake()
    {
        var path = Path.Combine(storage.FolderOf("keys"), "push.key");
        if (File.Exists(path))
            return JsonSerializer.Deserialize<Pair>(protector.Unprotect(File.ReadAllText(path)))!;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = key.ExportParameters(includePrivateParameters: true);
        var made = new Pair(
            Base64Url.EncodeToString([4, .. parts.Q.X!, .. parts.Q.Y!]),
            Base64Url.EncodeToString(parts.D!)
        );
        // Half a file has no name.
        File.WriteAllText(path + ".new", protector.Protect(JsonSerializer.Serialize(made)));
        File.Move(path + ".new", path);
        return made;
    }
}
