using Loa.Air;
using Loa.Audio;

namespace Loa.Speaker.Streams;

/// <summary>What has come of a stream and was not heard yet: packets in the order of their places. The line adds, the player takes.</summary>
/// <remarks>Nothing is made for a packet: its bytes lie in one ring.</remarks>
sealed class StreamBuffer
{
    // Half a minute at 64 kbit/s, in packets of 20 ms.
    const int Bytes = 256 * 1024;
    const int Most = 2_048;

    readonly Lock gate = new();
    readonly byte[] sound = new byte[Bytes];
    readonly Piece[] pieces = new Piece[Most];
    int first;
    int count;
    int written;
    long end;
    bool isOver;

    /// <summary>Adds what a group brings and is not here yet; what does not fit, or is no Opus, is left out.</summary>
    public void Add(SoundGroup group)
    {
        lock (gate)
        {
            var place = group.Place;
            foreach (var packet in group)
            {
                var samples = OpusPacket.Samples(packet);
                if (samples == 0)
                    return;
                // What was there before, or goes back, is a repetition.
                if (place >= end && TryKeep(packet, place, samples))
                    end = place + samples;
                place += samples;
            }
            isOver |= group.IsLast;
        }
    }

    /// <summary>Takes the packet that sounds at a place, or the next after it; what lies before it is over.</summary>
    /// <returns>The length of the packet; 0 when nothing has come of what sounds from there on.</returns>
    public int Take(long from, Span<byte> packet, out long place)
    {
        lock (gate)
        {
            place = 0;
            while (count > 0 && pieces[first].End <= from)
                Drop();
            if (count == 0)
                return 0;
            var piece = pieces[first];
            place = piece.Place;
            sound.AsSpan(piece.At, piece.Length).CopyTo(packet);
            return piece.Length;
        }
    }

    /// <summary>Whether something of what sounds from this place on has come.</summary>
    public bool HasAfter(long place)
    {
        lock (gate)
            return count > 0 && end > place;
    }

    /// <summary>Whether nothing sounds from this place on, and nothing will come.</summary>
    public bool IsOver(long from)
    {
        lock (gate)
            return isOver && from >= end;
    }

    bool TryKeep(ReadOnlySpan<byte> packet, long place, int samples)
    {
        if (count == Most || !TryFindRoom(packet.Length))
            return false;
        packet.CopyTo(sound.AsSpan(written));
        pieces[(first + count++) % Most] = new Piece(place, place + samples, written, packet.Length);
        written += packet.Length;
        return true;
    }

    bool TryFindRoom(int length)
    {
        if (count == 0)
            written = 0;
        else if (written <= pieces[first].At)
            return written + length <= pieces[first].At;
        if (written + length <= Bytes)
            return true;
        if (length > pieces[first].At)
            return false;
        written = 0;
        return true;
    }

    void Drop() => (first, count) = ((first + 1) % Most, count - 1);

    /// <param name="At">Where its bytes lie.</param>
    readonly record struct Piece(long Place, long End, int At, int Length);
}
