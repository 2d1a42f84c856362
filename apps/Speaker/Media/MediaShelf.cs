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

    // Left for the journal and the log of the system.
    const long Spare = 16 * 1024 * 1024;

    /// <summary>Whether as many bytes as the release says lie here under its digest.</summary>
    public bool Has(Release release) => disk.Length(Name(release.Digest)) == release.Length;

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

    /// <summary>Throws away the least valuable until there is room for a newcomer: what no item needs, oldest first; what is due
    /// beyond the week; filler; and only for what is due within a day, what is due after it.</summary>
    /// <returns>False, and nothing was thrown away, when there would be no room even so.</returns>
    public bool MakeRoom(Release release, Needs needs)
    {
        var files = disk.List(Folder).Where(file => Digest(file) != release.Digest).ToList();
        var room = Math.Min(most - files.Sum(file => file.Length), disk.Free - Spare);
        var victims = new List<StoredFile>();
        foreach (var file in ByValue(files, release.Digest, needs))
        {
            if (room >= release.Length)
                break;
            victims.Add(file);
            room += file.Length;
        }
        if (room < release.Length)
            return false;
        foreach (var victim in victims)
            disk.Delete($"{Folder}/{victim.Name}");
        return true;
    }

    /// <summary>Frees at least so many bytes of what no item needs, when the journal or an update finds the disk full.</summary>
    public bool Yield(long bytes, Needs needs)
    {
        foreach (var file in ByValue(disk.List(Folder), "", needs))
        {
            if (bytes <= 0)
                break;
            disk.Delete($"{Folder}/{file.Name}");
            bytes -= file.Length;
        }
        return bytes <= 0;
    }

    /// <summary>How many whole sounds lie here, and how many of them are not what their names say.</summary>
    public (int Whole, int Damaged) Inspect()
    {
        var names = disk.List(Folder)
            .Select(file => file.Name)
            .Where(name => !name.EndsWith(Unfinished, StringComparison.Ordinal))
            .ToList();
        var damaged = names.Count(name => Convert.ToHexStringLower(SHA256.HashData(disk.Read(Name(name)))) != name);
        return (names.Count - damaged, damaged);
    }

    static IEnumerable<StoredFile> ByValue(IEnumerable<StoredFile> files, string newcomer, Needs needs) =>
        files
            .Select(file => (File: file, Rank: needs.Rank(Digest(file), newcomer)))
            .Where(ranked => ranked.Rank is not null)
            .OrderBy(ranked => ranked.Rank)
            .ThenByDescending(ranked => needs.When(Digest(ranked.File)))
            .ThenBy(ranked => ranked.File.Written)
            .Select(ranked => ranked.File);

    static bool IsWhole(byte[] bytes, Release release) =>
        bytes.Length == release.Length && Convert.ToHexStringLower(SHA256.HashData(bytes)) == release.Digest;

    static string Digest(StoredFile file) => file.Name.Replace(Unfinished, "", StringComparison.Ordinal);

    static string Name(string digest) => $"{Folder}/{digest}";

    static string Part(string digest) => $"{Folder}/{digest}{Unfinished}";
}
