using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Loa.Retention.Archives;

/// <summary>How an archive is written: UTF-8 lines under gzip, which any machine opens.</summary>
static class ArchiveText
{
    /// <returns>How many lines there were.</returns>
    public static async Task<int> Write(Stream into, IAsyncEnumerable<string> lines, CancellationToken cancel)
    {
        var count = 0;
        await using var zip = new GZipStream(into, CompressionLevel.Optimal, leaveOpen: true);
        await using var text = new StreamWriter(zip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        text.NewLine = "\n";
        await foreach (var line in lines.WithCancellation(cancel))
        {
            await text.WriteLineAsync(line.AsMemory(), cancel);
            count++;
        }
        return count;
    }

    /// <summary>The lines of a file; of one that was spoilt as many as can be read, for <see cref="ArchiveProof"/> tells of it.</summary>
    public static async IAsyncEnumerable<string> Read(string file, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var packed = File.OpenRead(file);
        await using var zip = new GZipStream(packed, CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        while (await Next(text, cancel) is { } line)
            yield return line;
    }

    static async Task<string?> Next(StreamReader text, CancellationToken cancel)
    {
        try
        {
            return await text.ReadLineAsync(cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
