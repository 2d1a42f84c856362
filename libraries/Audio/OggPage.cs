using System.Buffers.Binary;

namespace Loa.Audio;

/// <summary>One page of an Ogg file, with its checksum proven.</summary>
readonly ref struct OggPage
{
    const int headerLength = 27;
    public const int ChecksumAt = 22;
    static readonly uint[] table = Table();

    readonly ReadOnlySpan<byte> bytes;

    OggPage(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    public bool Continued => (bytes[5] & 1) != 0;
    public bool First => (bytes[5] & 2) != 0;
    public bool Last => (bytes[5] & 4) != 0;

    /// <summary>The samples up to the end of the last packet that ends here; −1 when none does.</summary>
    public long Granule => BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]);

    public uint Serial => BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]);
    public uint Sequence => BinaryPrimitives.ReadUInt32LittleEndian(bytes[18..]);
    public int Length => bytes.Length;

    /// <summary>The lengths of the pieces; a piece of 255 goes on in the next.</summary>
    public ReadOnlySpan<byte> Lacing => bytes.Slice(headerLength, bytes[26]);

    public ReadOnlySpan<byte> Body => bytes[(headerLength + bytes[26])..];

    /// <summary>Whether the last packet goes on in the next page.</summary>
    public bool Unfinished => Lacing is [.., 255];

    public static OggFault TryRead(ReadOnlySpan<byte> file, out OggPage page)
    {
        page = default;
        if (file.Length < headerLength)
            return OggFault.Truncated;
        if (!file.StartsWith("OggS"u8) || file[4] != 0 || (file[5] & ~7) != 0)
            return OggFault.NotOgg;
        var length = headerLength + file[26];
        if (file.Length < length)
            return OggFault.Truncated;
        foreach (var piece in file.Slice(headerLength, file[26]))
            length += piece;
        if (file.Length < length)
            return OggFault.Truncated;
        page = new OggPage(file[..length]);
        var written = BinaryPrimitives.ReadUInt32LittleEndian(file[ChecksumAt..]);
        return Checksum(page.bytes) == written ? OggFault.None : OggFault.Checksum;
    }

    /// <summary>The checksum of a page, with its own field counted as zero.</summary>
    public static uint Checksum(ReadOnlySpan<byte> page) =>
        Add(Add(Add(0, page[..ChecksumAt]), [0, 0, 0, 0]), page[(ChecksumAt + 4)..]);

    static uint Add(uint sum, ReadOnlySpan<byte> part)
    {
        foreach (var value in part)
            sum = (sum << 8) ^ table[(byte)(sum >> 24) ^ value];
        return sum;
    }

    static uint[] Table()
    {
        var result = new uint[256];
        for (var i = 0u; i < result.Length; i++)
        {
            var value = i << 24;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 0x8000_0000) != 0 ? (value << 1) ^ 0x04C1_1DB7 : value << 1;
            result[i] = value;
        }
        return result;
    }
}
