using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>Lays the files of a package out in an empty folder: plain files only, inside it only, and not more than bounds allow.</summary>
sealed class Unpacking(IDisk disk, string folder)
{
    const int MostFiles = 4_000;
    const int LongestPath = 200;
    const int Deepest = 8;

    // A package has at most 256 MiB compressed.
    const long MostBytes = 1L << 30;

    // What names and padding add to the bytes of the files.
    const long MostHeaders = MostFiles * 16 * 1024;

    readonly Dictionary<string, string> sums = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> folders = [folder];
    long bytes;

    /// <returns>Each file with its digest; all of them durable.</returns>
    /// <exception cref="PackageFaultException">It is not what a package is.</exception>
    public IReadOnlyDictionary<string, string> Run(Stream packed)
    {
        try
        {
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            using var bounded = new ArchiveStream(gzip, MostBytes + MostHeaders);
            using var tar = new TarReader(bounded);
            while (tar.GetNextEntry() is { } entry)
                Take(entry);
        }
        catch (ArchiveStream.TooLongException)
        {
            throw new PackageFaultException(PackageFaultException.Size);
        }
        catch (Exception malformed) when (IsOfStrangers(malformed))
        {
            throw new PackageFaultException(PackageFaultException.Format);
        }
        foreach (var made in folders.OrderByDescending(path => path.Length))
            disk.SyncFolder(made);
        return sums.ToDictionary();
    }

    // What the framework's reader throws for bytes that are no tar.
    static bool IsOfStrangers(Exception malformed) =>
        malformed
            is InvalidDataException
                or EndOfStreamException
                or FormatException
                or InvalidOperationException
                or ArgumentException
                or NotSupportedException
                or OverflowException;

    void Take(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            return;
        var isFolder = entry.EntryType is TarEntryType.Directory;
        if (!isFolder && entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new PackageFaultException(PackageFaultException.Format);
        var path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        if (isFolder)
            path = path.TrimEnd('/');
        if (isFolder && path.Length is 0 || path is ".")
            return;
        if (!IsInside(path))
            throw new PackageFaultException(PackageFaultException.Format);
        if (!isFolder)
            Write(path, entry.DataStream);
    }

    void Write(string path, Stream? content)
    {
        if (sums.Count == MostFiles)
            throw new PackageFaultException(PackageFaultException.Size);
        if (!sums.TryAdd(path, ""))
            throw new PackageFaultException(PackageFaultException.Format);
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            folders.Add($"{folder}/{path[..slash]}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = disk.Open($"{folder}/{path}");
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; content is not null && (read = content.Read(buffer)) > 0; )
            {
                bytes += read;
                if (bytes > MostBytes)
                    throw new PackageFaultException(PackageFaultException.Size);
                file.Append(buffer.AsSpan(0, read));
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        file.Sync();
        sums[path] = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static bool IsInside(string path)
    {
        var parts = path.Split('/');
        return path.Length <= LongestPath
            && parts.Length <= Deepest
            && !path.Any(letter => letter is '\\' or ':' || char.IsControl(letter))
            && !parts.Any(part => part is "" or "." or "..");
    }
}
