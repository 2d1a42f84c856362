using System.IO.Compression;
using System.Text;

namespace Loa.Playout.AsRun;

/// <summary>Some hundred old records of one board, one after the other, packed together.</summary>
sealed class RecordPack
{
    public required Guid SpeakerId { get; init; }
    public required string Kid { get; init; }
    public required long FirstSeq { get; init; }
    public required long LastSeq { get; init; }

    /// <summary>When the newest of them was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Null when they lie in an archive.</summary>
    public byte[]? Lines { get; set; }

    /// <param name="records">Of one board, in their order.</param>
    public static RecordPack Of(IReadOnlyList<StoredRecord> records) =>
        new()
        {
            SpeakerId = records[0].SpeakerId,
            Kid = records[0].Kid,
            FirstSeq = records[0].Seq,
            LastSeq = records[^1].Seq,
            StoredAt = records.Max(r => r.StoredAt),
            Lines = Pack(records.Select(RecordLine.Of)),
        };

    /// <summary>
    /// The lines of its records (<see cref="RecordLine"/>); none when they lie in an archive. Of a pack that was spoilt those that
    /// can be read: what is missing is told of by the chain.
    /// </summary>
    public IReadOnlyList<string> Unpack()
    {
        if (Lines is null)
            return [];
        using var unzipped = new BrotliStream(new MemoryStream(Lines), CompressionMode.Decompress);
        using var text = new StreamReader(unzipped, Encoding.UTF8);
        var lines = new List<string>();
        try
        {
            while (text.ReadLine() is { } line)
                lines.Add(line);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return lines;
        }
        return lines;
    }

    static byte[] Pack(IEnumerable<string> lines)
    {
        using var packed = new MemoryStream();
        using (var zipped = new BrotliStream(packed, CompressionLevel.Optimal))
            zipped.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return packed.ToArray();
    }
}
