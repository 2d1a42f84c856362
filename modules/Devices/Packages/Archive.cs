using System.Formats.Tar;
using System.IO.Compression;
using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices.Packages;

/// <summary>Looks through a tar.gz before it is kept: plain files and folders that stay inside, and no more than a speaker can unpack.</summary>
static class Archive
{
    const int MostEntries = 20_000;
    const int MostName = 200;
    const long MostUnpacked = 1L << 30;

    public static async Task Check(Stream content, CancellationToken cancel)
    {
        var files = 0;
        try
        {
            await using var unpacked = new ArchiveStream(
                new GZipStream(content, CompressionMode.Decompress),
                MostUnpacked
            );
            await using var reader = new TarReader(unpacked);
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (await reader.GetNextEntryAsync(copyData: false, cancel) is { } entry)
            {
                Check(entry);
                Refuse.Unless(names.Add(entry.Name.TrimEnd('/')), "package.entry-twice", entry.Name);
                Refuse.If(names.Count > MostEntries, "package.too-many-entries", MostEntries);
                files += entry.EntryType == TarEntryType.Directory ? 0 : 1;
            }
        }
        catch (ArchiveStream.TooLongException)
        {
            throw new RefusedException("package.too-large-unpacked", MostUnpacked >> 20);
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or FormatException
                        or ArgumentException
                        or EndOfStreamException
                        or NotSupportedException
                        or OverflowException
            )
        {
            throw new RefusedException("package.not-an-archive");
        }
        Refuse.If(files == 0, "package.empty");
    }

    static void Check(TarEntry entry)
    {
        var name = entry.Name;
        Refuse.Unless(
            entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory,
            "package.entry-type",
            name,
            entry.EntryType
        );
        var inside =
            name.Length is > 0 and <= MostName
            && !name.StartsWith('/')
            && !name.Contains('\\', StringComparison.Ordinal)
            && !name.Any(char.IsControl)
            && !name.Split('/').Contains("..");
        Refuse.Unless(inside, "package.entry-name", name);
    }
}
