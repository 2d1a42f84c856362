using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Media;

/// <summary>The sounds a speaker holds, each under the digest of its bytes, which it gets only once they were verified.</summary>
/// <param name="most">Bytes that may lie here, unfinished ones included.</param>
sealed class MediaShelf(IDisk disk, long most)
{
    const string Folder = "media";
    const string Unfinished = ".part";

    // Left for the notebook and the log of the system.
    const long Spare = 16 * 1024 * 1024;

    /// <summary>The sound, whole and verified; null when it is not here. What does not keep its digest is thrown away.</summary>
    public byte[]? Read(Release release)
    {
        var name = Name(release.Digest);
        if (disk.Length(name) is null)
            return null;
        var bytes = disk.Read(name);
        if (IsWhole(bytes, release))
            return bytes;
        disk.Delete(name);
        return null;
    }

    /// <summary>Opens what has come of a sound so far.</summary>
    public IDiskFile OpenPart(Release release) => disk.Open(Part(release.Digest));

    public void DropPart(Release release) => disk.Delete(Part(release.Digest));

    /// <summary>Gives a finished sound its name; false, and it is thrown away, when its digest is another.</summary>
    public bool Finish(Release release)
    {
        if (!IsWhole(disk.Read(Part(release.Digest)), release))
        {
            DropPart(release);
            return false;
        }
        disk.Rename(Part(release.Digest), Name(release.Digest));
        disk.SyncFolder(Folder);
        return true;
    }

    /// <summary>Throws away the least valuable: what no item needs, oldest first; then what is needed last, but nothing due before the newcomer.</summary>
    /// <param name="due">When each digest is needed next; absent when never.</param>
    /// <returns>False when there is no room even so.</returns>
    public bool MakeRoom(Release release, IReadOnlyDictionary<string, DateTimeOffset> due)
    {
        var wanted = due.GetValueOrDefault(release.Digest, DateTimeOffset.MinValue);
        var files = disk.List(Folder).Where(file => Digest(file) != release.Digest).ToList();
        var held = files.Sum(file => file.Length);
        var room = Math.Min(most - held, disk.Free - Spare);
        var victims = files
            .Where(file => !due.TryGetValue(Digest(file), out var needed) || needed > wanted)
            .OrderBy(file => due.ContainsKey(Digest(file)))
            .ThenByDescending(file => due.GetValueOrDefault(Digest(file)))
            .ThenBy(file => file.Written);
        foreach (var victim in victims)
        {
            if (room >= release.Length)
                break;
            disk.Delete($"{Folder}/{victim.Name}");
            room += victim.Length;
        }
        return room >= release.Length;
    }

    static bool IsWhole(byte[] bytes, Release release) =>
        bytes.Length == release.Length && Convert.ToHexStringLower(SHA256.HashData(bytes)) == release.Digest;

    static string Digest(StoredFile file) => file.Name.Replace(Unfinished, "", StringComparison.Ordinal);

    static string Name(string digest) => $"{Folder}/{digest}";

    static string Part(string digest) => $"{Folder}/{digest}{Unfinished}";
}
