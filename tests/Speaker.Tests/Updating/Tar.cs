using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Loa.Speaker.Updating;

/// <summary>Packages to try.</summary>
static class Tar
{
    public static byte[] Of(params (string Name, string Text)[] files) =>
        Of([.. files.Select(file => File(TarEntryType.RegularFile, file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    public static byte[] Of(IReadOnlyList<TarEntry> entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var entry in entries)
                tar.WriteEntry(entry);
        }
        return packed.ToArray();
    }

    public static TarEntry File(TarEntryType type, string name, byte[] bytes) =>
        new PaxTarEntry(type, name) { DataStream = new MemoryStream(bytes) };

    public static TarEntry Link(TarEntryType type, string name, string to) =>
        new PaxTarEntry(type, name) { LinkName = to };

    /// <summary>A folder of a build, as a maker would pack it.</summary>
    public static byte[] OfFolder(string folder)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            TarFile.CreateFromDirectory(folder, gzip, includeBaseDirectory: false);
        return packed.ToArray();
    }
}
