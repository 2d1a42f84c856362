namespace Loa.Audio;

/// <summary>Turns 16-bit sound into Opus packets, one frame at a time.</summary>
public sealed class OpusEncoder : IDisposable
{
    const int generalAudio = 2049;

    readonly OpusEncoderHandle handle;
    readonly int channels;

    /// <exception cref="ToolMissingException">libopus is not installed.</exception>
    public OpusEncoder(int bitsPerSecond = 24_000, int sampleRateHz = 48_000, int channels = 1)
    {
        this.channels = channels;
        var error = 0;
        handle = OpusLibrary.Load(() =>
            new OpusEncoderHandle(OpusLibrary.CreateEncoder(sampleRateHz, channels, generalAudio, out error))
        );
        if (handle.IsInvalid)
            throw new ArgumentException($"libopus refuses {sampleRateHz} Hz with {channels} channels (error {error}).");
        if (OpusLibrary.ControlEncoder(handle, OpusLibrary.SetBitrate, bitsPerSecond) != 0)
            throw new ArgumentOutOfRangeException(nameof(bitsPerSecond));
    }

    /// <param name="pcm">One frame: 2.5, 5, 10, 20, 40 or 60 ms.</param>
    /// <returns>False when the frame has another length, or <paramref name="packet"/> is too small.</returns>
    public unsafe bool TryEncode(ReadOnlySpan<short> pcm, Span<byte> packet, out int length)
    {
        fixed (short* sound = pcm)
        fixed (byte* bytes = packet)
        {
            var result = OpusLibrary.Encode(handle, sound, pcm.Length / channels, bytes, packet.Length);
            length = Math.Max(0, result);
            return result > 0;
        }
    }

    public void Dispose() => handle.Dispose();
}
