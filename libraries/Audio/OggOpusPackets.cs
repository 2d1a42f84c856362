namespace Loa.Audio;

/// <summary>Hands out the packets of a checked file one after the other, without making garbage.</summary>
public sealed class OggOpusPackets
{
    readonly ReadOnlyMemory<byte> file;
    readonly PacketJoin join = new();
    int next;
    int pieceAt;
    int pieceCount;
    int bodyAt;
    int bodyLength;
    long position;

    internal OggOpusPackets(ReadOnlyMemory<byte> file, int offset, long position) =>
        (this.file, next, this.position) = (file, offset, position);

    /// <param name="packet">Valid until the next call.</param>
    /// <param name="start">Where its sound begins, in samples at 48 kHz; negative where the decoder is only warming up.</param>
    public bool TryNext(out ReadOnlySpan<byte> packet, out long start)
    {
        start = position;
        while (true)
        {
            while (pieceCount > 0)
            {
                var pieces = file.Span.Slice(pieceAt, pieceCount);
                var body = file.Span.Slice(bodyAt, bodyLength);
                if (!join.TryTake(ref pieces, ref body, out var ended, out packet))
                    return false;
                (pieceAt, pieceCount) = (pieceAt + pieceCount - pieces.Length, pieces.Length);
                (bodyAt, bodyLength) = (bodyAt + bodyLength - body.Length, body.Length);
                if (!ended)
                    continue;
                position += OpusPacket.Samples(packet);
                return true;
            }
            packet = default;
            if (!TryTurn())
                return false;
        }
    }

    bool TryTurn()
    {
        if (OggPage.TryRead(file.Span[next..], out var page) != OggFault.None)
            return false;
        bodyAt = next + page.Length - page.Body.Length;
        bodyLength = page.Body.Length;
        pieceCount = page.Lacing.Length;
        pieceAt = bodyAt - pieceCount;
        next += page.Length;
        return true;
    }
}
