namespace Loa.Audio;

/// <summary>Reads a checked Ogg Opus file as plain mono sound at 48 kHz, from its exact first sample to its last.</summary>
public sealed class OpusPlayback : IDisposable
{
    readonly OggOpus sound;
    readonly OpusDecoder decoder = new(OggOpus.SampleRateHz);
    readonly short[] decoded = new short[OpusPacket.LongestSamples];
    OggOpusPackets packets;
    int ready;
    int readyEnd;

    public OpusPlayback(OggOpus sound)
    {
        this.sound = sound;
        decoder.SetGain(sound.Head.Gain);
        packets = sound.Packets();
    }

    /// <summary>How many samples have been handed out or jumped over.</summary>
    public long Position { get; private set; }

    /// <summary>Packets that could not be decoded and were bridged.</summary>
    public int Damaged { get; private set; }

    /// <summary>Goes to a moment; past the end there is nothing to read.</summary>
    public void Seek(TimeSpan to)
    {
        Position = Math.Clamp((long)(to.TotalSeconds * OggOpus.SampleRateHz), 0, sound.Samples);
        packets = sound.Packets(to);
        decoder.Reset();
        ready = readyEnd = 0;
    }

    /// <summary>Fills the caller's memory; less than asked only at the end, 0 after it.</summary>
    public int Read(Span<short> pcm)
    {
        var filled = 0;
        while (filled < pcm.Length && (ready < readyEnd || TryFill()))
        {
            var part = decoded.AsSpan(ready, Math.Min(readyEnd - ready, pcm.Length - filled));
            part.CopyTo(pcm[filled..]);
            filled += part.Length;
            ready += part.Length;
            Position += part.Length;
        }
        return filled;
    }

    public void Dispose() => decoder.Dispose();

    // Decodes until a packet reaches past the position; what lies before it only settles the decoder.
    bool TryFill()
    {
        while (Position < sound.Samples && packets.TryNext(out var packet, out var start))
        {
            var samples = Decode(packet);
            ready = (int)Math.Clamp(Position - start, 0, samples);
            readyEnd = (int)Math.Min(samples, sound.Samples - start);
            if (ready < readyEnd)
                return true;
        }
        ready = readyEnd = 0;
        return false;
    }

    int Decode(ReadOnlySpan<byte> packet)
    {
        if (decoder.TryDecode(packet, decoded, out var samples))
            return samples;
        Damaged++;
        var lost = decoded.AsSpan(0, OpusPacket.Samples(packet));
        if (!decoder.TryConceal(lost, out _))
            lost.Clear();
        return lost.Length;
    }
}
