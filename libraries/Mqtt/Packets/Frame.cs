namespace Loa.Mqtt.Packets;

/// <summary>One whole packet as it lies in the receive buffer: its first byte and its body.</summary>
readonly struct Frame(byte header, ReadOnlyMemory<byte> body)
{
    public PacketType Type => (PacketType)(header >> 4);

    public int Flags => header & 0x0F;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Whether the bytes received so far hold a packet. <paramref name="length"/> is its whole length, 0 while unknown.</summary>
    public static FrameStatus TryRead(ReadOnlyMemory<byte> received, int maximum, out Frame frame, out int length)
    {
        frame = default;
        length = 0;
        var bytes = received.Span;
        if (bytes.Length < 2)
            return FrameStatus.Incomplete;

        var remaining = 0;
        for (var index = 1; ; index++)
        {
            if (index > 4)
                return FrameStatus.Malformed;
            if (index == bytes.Length)
                return FrameStatus.Incomplete;

            remaining |= (bytes[index] & 0x7F) << (7 * (index - 1));
            if ((bytes[index] & 0x80) != 0)
                continue;

            // A length in more bytes than it needs is forbidden: two spellings of one packet help only an attacker.
            if (index > 1 && bytes[index] == 0)
                return FrameStatus.Malformed;

            length = 1 + index + remaining;
            if (length > maximum)
                return FrameStatus.TooLarge;
            if (length > bytes.Length)
                return FrameStatus.Incomplete;

            frame = new Frame(bytes[0], received.Slice(1 + index, remaining));
            return FrameStatus.Complete;
        }
    }
}

/// <summary>What the receive buffer holds at its head.</summary>
enum FrameStatus
{
    Incomplete,
    Complete,
    Malformed,
    TooLarge,
}
