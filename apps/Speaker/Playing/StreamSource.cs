using Loa.Air;
using Loa.Audio;
using Loa.Speaker.Streams;

namespace Loa.Speaker.Playing;

/// <summary>The sound of an item as it comes: each sample at its moment, and silence for what has not come by then.</summary>
/// <param name="place">Where in the stream the item begins.</param>
sealed class StreamSource(StreamBuffer buffer, long place, long length) : ISource
{
    // A decoder bridges a lost packet or two unheard; of more it makes a drone.
    const int MostBridged = Samples.Rate / 10;

    readonly OpusDecoder decoder = new();
    readonly byte[] packet = new byte[SoundGroup.LongestPacket];
    readonly short[] decoded = new short[OpusPacket.LongestSamples];
    long at;
    int ready;
    int readyEnd;
    int bridged;

    public long Length => length;

    public bool IsMissing => bridged > MostBridged;

    public void Seek(long sample)
    {
        at = sample;
        ready = readyEnd = 0;
    }

    /// <summary>Fewer than asked only when the stream has ended.</summary>
    public int Read(Span<short> pcm)
    {
        var filled = 0;
        while (filled < pcm.Length)
        {
            if (ready == readyEnd && !TryFill(pcm.Length - filled))
                break;
            var part = decoded.AsSpan(ready, Math.Min(readyEnd - ready, pcm.Length - filled));
            part.CopyTo(pcm[filled..]);
            Fade(pcm.Slice(filled, part.Length));
            filled += part.Length;
            ready += part.Length;
            at += part.Length;
        }
        return filled;
    }

    public void Dispose() => decoder.Dispose();

    /// <param name="wanted">So much is asked for; what is missing is made up for no longer than this.</param>
    bool TryFill(int wanted)
    {
        var here = place + at;
        var bytes = buffer.Take(here, packet, out var found);
        if (bytes == 0 && buffer.IsOver(here))
            return false;
        if (bytes == 0 || found > here)
        {
            Bridge(bytes == 0 ? wanted : (int)Math.Min(wanted, found - here));
            return true;
        }
        if (!decoder.TryDecode(packet.AsSpan(0, bytes), decoded, out readyEnd))
        {
            Bridge(wanted);
            return true;
        }
        bridged = 0;
        ready = (int)(here - found);
        return true;
    }

    // The station does not end with the item, and a cut in the midst of a sound clicks.
    void Fade(Span<short> pcm)
    {
        var left = length - at;
        for (var i = 0; i < pcm.Length; i++)
            if (left - i < PlayingSound.FadeSamples)
                pcm[i] = (short)(pcm[i] * Math.Max(0, left - i) / PlayingSound.FadeSamples);
    }

    void Bridge(int samples)
    {
        (ready, readyEnd) = (0, Math.Min(samples, decoded.Length));
        var missing = decoded.AsSpan(0, readyEnd);
        // It makes up whole steps of 2.5 ms.
        if (bridged >= MostBridged || readyEnd % 120 != 0 || !decoder.TryConceal(missing, out _))
            missing.Clear();
        bridged += readyEnd;
    }
}
