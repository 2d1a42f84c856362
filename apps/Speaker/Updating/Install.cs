using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Media;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>Brings a package here, checks every byte of it, lays it out beside what is in force and puts it on trial.</summary>
sealed class Install(
    IDisk disk,
    Packages packages,
    MediaSource source,
    MediaShelf shelf,
    PlayQueue queue,
    Func<string?, Uri> folder,
    TimeProvider clock
)
{
    // What is packed grows when it is laid out, and the journal needs its room.
    const int Growth = 4;

    /// <summary>Whether something is laid out already and waits to be tried, or is on trial.</summary>
    public bool IsTrying => packages.IsTrying;

    /// <returns>Why it cannot be used, or not yet; null when it is on trial from the next start on.</returns>
    public async Task<string?> Run(Package package, UpdateNote note, CancellationToken cancel)
    {
        var file = Packages.FileOf(package.Digest);
        if (disk.Length(file) != package.Length)
        {
            var lacking = (Growth * package.Length) - disk.Free;
            if (lacking > 0 && !shelf.Yield(lacking, Needs.Of(queue, clock.GetUtcNow())))
                return CommandFailure.Storage;
            if (await Fetch(package, file, note.Media, cancel) is { } reason)
                return reason;
        }
        if (!IsWhole(file, package.Digest))
        {
            disk.Delete(file);
            return Refusal.MediaDigest;
        }
        return LayOut(package, file, note.Command);
    }

    async Task<string?> Fetch(Package package, string file, string? media, CancellationToken cancel)
    {
        using var part = disk.Open(file);
        // What is to be heard comes first; what came so far is kept.
        bool Overtaken() => queue.Wanted(clock.GetUtcNow()).Any(entry => !entry.IsFiller && IsSoon(entry));
        return await source.Fetch(folder(media), package.Digest, package.Length, part, Overtaken, cancel) switch
        {
            Fetched.Whole => null,
            Fetched.Length => Refusal.MediaLength,
            _ => Refusal.MediaUnreachable,
        };
    }

    bool IsSoon(Entry entry) => entry.Item.Start <= clock.GetUtcNow() + TimeSpan.FromMinutes(10);

    string? LayOut(Package package, string file, Guid command)
    {
        var slots = packages[package.Kind];
        try
        {
            var at = slots.Clear();
            using var packed = disk.OpenRead(file);
            var files = new Unpacking(disk, at).Run(packed);
            if (!HasWhatItNeeds(package.Kind, at, files))
                return PackageFaultException.Format;
            slots.Try(new SlotSums(package.Version, files), command);
            return null;
        }
        catch (PackageFaultException fault)
        {
            return fault.Reason;
        }
    }

    bool HasWhatItNeeds(PackageKind kind, string at, IReadOnlyDictionary<string, string> files) =>
        kind == PackageKind.Software
            ? files.ContainsKey(Packages.Program)
            : files.ContainsKey(Packages.SettingsFile)
                && Configuration.Read(disk, $"{at}/{Packages.SettingsFile}") is not null;

    bool IsWhole(string file, string digest)
    {
        using var bytes = disk.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == digest;
    }
}
