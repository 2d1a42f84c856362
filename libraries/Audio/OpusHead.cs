using System.Buffers.Binary;

namespace Loa.Audio;

/// <summary>The two headers of an Opus stream (RFC 7845, section 5).</summary>
readonly record struct OpusHead(int Channels, int PreSkip, short Gain)
{
    const int length = 19;
    const int rateOfSource = 48_000;

    /// <summary>Comments that say nothing; two lengths of nothing behind the name.</summary>
    public static ReadOnlySpan<byte> Tags => "OpusTags\0\0\0\0\0\0\0\0"u8;

    public byte[] Written()
    {
        var packet = new byte[length];
        "OpusHead"u8.CopyTo(packet);
        (packet[8], packet[9]) = (1, (byte)Channels);
        BinaryPrimitives.WriteUInt16LittleEndian(packet.AsSpan(10), (ushort)PreSkip);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(12), rateOfSource);
        BinaryPrimitives.WriteInt16LittleEndian(packet.AsSpan(16), Gain);
        return packet;
    }

    public static bool TryRead(ReadOnlySpan<byte> packet, out OpusHead head)
    {
        head = default;
        // Only mono and stereo (mapping family 0), which is what a loudspeaker plays.
        if (packet.Length != length || !packet.StartsWith("OpusHead"u8) || packet[8] != 1 || packet[18] != 0)
            return false;
        if (packet[9] is not (1 or 2))
            return false;
        head = new OpusHead(
            packet[9],
            BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]),
            BinaryPrimitives.ReadInt16LittleEndian(packet[16..])
        );
        return true;
    }

    public static bool IsTags(ReadOnlySpan<byte> packet)
    {
        if (!packet.StartsWith("OpusTags"u8))
            return false;
        var rest = packet[8..];
        if (!TrySkipText(ref rest) || !TryNumber(ref rest, out var comments))
            return false;
        for (var i = 0u; i < comments; i++)
        {
            if (!TrySkipText(ref rest))
                return false;
        }
        return true;
    }

    static bool TrySkipText(ref ReadOnlySpan<byte> rest)
    {
        if (!TryNumber(ref rest, out var bytes) || bytes > rest.Length)
            return false;
        rest = rest[(int)bytes..];
        return true;
    }

    static bool TryNumber(ref ReadOnlySpan<byte> rest, out uint number)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(rest, out number))
            return false;
        rest = rest[4..];
        return true;
    }
}
