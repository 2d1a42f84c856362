namespace Loa.Audio;

/// <summary>Turns Opus packets into 16-bit sound, in the caller's memory.</summary>
public sealed class OpusDecoder : IDisposable
{
    readonly OpusDecoderHandle handle;

    /// <exception cref="ToolMissingException">libopus is not installed.</exception>
    public OpusDecoder(int sampleRateHz = 48_000, int channels = 1)
    {
        Channels = channels;
        var error = 0;
        handle = OpusLibrary.Load(() =>
            new OpusDecoderHandle(OpusLibrary.CreateDecoder(sampleRateHz, channels, out error))
        );
        if (handle.IsInvalid)
            throw new ArgumentException($"libopus refuses {sampleRateHz} Hz with {channels} channels (error {error}).");
    }

    public int Channels { get; }

    /// <summary>Amplifies what comes out, in 1/256 dB, as the header of a stream may ask.</summary>
    public void SetGain(short gain) => _ = OpusLibrary.ControlDecoder(handle, OpusLibrary.SetGain, gain);

    /// <summary>Forgets what was heard, before a jump to elsewhere.</summary>
    public void Reset() => _ = OpusLibrary.ControlDecoder(handle, OpusLibrary.ResetState, 0);

    /// <param name="samples">How many came out, for each channel.</param>
    /// <returns>False when the packet is not Opus, or <paramref name="pcm"/> is too small for it.</returns>
    public bool TryDecode(ReadOnlySpan<byte> packet, Span<short> pcm, out int samples)
    {
        samples = 0;
        // No bytes at all would mean "lost" to libopus.
        return !packet.IsEmpty && Decode(packet, pcm, pcm.Length / Channels, out samples);
    }

    /// <summary>Bridges a packet that never came, for as long as <paramref name="pcm"/> lasts (a multiple of 2.5 ms).</summary>
    public bool TryConceal(Span<short> pcm, out int samples) =>
        Decode(default, pcm, pcm.Length / Channels, out samples);

    public void Dispose() => handle.Dispose();

    unsafe bool Decode(ReadOnlySpan<byte> packet, Span<short> pcm, int capacity, out int samples)
    {
        fixed (byte* bytes = packet)
        fixed (short* sound = pcm)
        {
            var result = OpusLibrary.Decode(handle, bytes, packet.Length, sound, capacity, 0);
            samples = Math.Max(0, result);
            return result > 0;
        }
    }
}
