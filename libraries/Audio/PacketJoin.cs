namespace Loa.Audio;

/// <summary>Takes packets out of pages; one that runs over a page's end is put together here.</summary>
sealed class PacketJoin
{
    byte[] carried = [];
    int length;

    /// <summary>Whether a packet has begun and not yet ended.</summary>
    public bool Open { get; private set; }

    /// <summary>Takes what belongs to one packet; false when that is larger than any packet of Opus.</summary>
    /// <param name="ended">Whether the packet is whole; else the page is at its end.</param>
    public bool TryTake(
        scoped ref ReadOnlySpan<byte> pieces,
        scoped ref ReadOnlySpan<byte> body,
        out bool ended,
        out ReadOnlySpan<byte> packet
    )
    {
        var (taken, bytes) = (0, 0);
        ended = false;
        while (!ended && taken < pieces.Length)
        {
            bytes += pieces[taken];
            ended = pieces[taken++] < 255;
        }
        packet = body[..bytes];
        pieces = pieces[taken..];
        body = body[bytes..];
        if (length + bytes > OpusPacket.LongestBytes)
            return false;
        if (Open || !ended)
        {
            Carry(packet);
            packet = carried.AsSpan(0, length);
        }
        Open = !ended;
        if (ended)
            length = 0;
        return true;
    }

    void Carry(ReadOnlySpan<byte> part)
    {
        if (carried.Length < length + part.Length)
            Array.Resize(ref carried, Math.Max(length + part.Length, 4096));
        part.CopyTo(carried.AsSpan(length));
        length += part.Length;
    }
}
