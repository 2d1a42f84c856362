using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>Writes 16-bit WAV as the sound comes; whatever a crash leaves behind can still be played.</summary>
public sealed class WavWriter : IDisposable
{
    const int headerLength = 44;
    const uint unknown = uint.MaxValue;

    readonly Stream stream;
    readonly bool leaveOpen;
    readonly int sampleRateHz;
    readonly int channels;
    readonly short[] converted = new short[4096];
    long written;
    bool finished;

    public WavWriter(string path, int sampleRateHz, int channels = 1)
        : this(new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read), sampleRateHz, channels) { }

    public WavWriter(Stream stream, int sampleRateHz, int channels = 1, bool leaveOpen = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRateHz);
        ArgumentOutOfRangeException.ThrowIfNotEqual(stream.CanSeek, true);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (this.stream, this.sampleRateHz, this.channels, this.leaveOpen) = (stream, sampleRateHz, channels, leaveOpen);
        // Until it is finished the length reads "unknown", which players take as "to the end of the file".
        WriteHeader(unknown);
    }

    public TimeSpan Duration => TimeSpan.FromSeconds((double)written / (2 * channels) / sampleRateHz);

    public void Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(finished, this);
        stream.Write(MemoryMarshal.AsBytes(samples));
        written += samples.Length * 2L;
    }

    public void Write(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var part = samples[..Math.Min(samples.Length, converted.Length)];
            for (var i = 0; i < part.Length; i++)
                converted[i] = (short)Math.Clamp(MathF.Round(part[i] * 32768f), short.MinValue, short.MaxValue);
            Write(converted.AsSpan(0, part.Length));
            samples = samples[part.Length..];
        }
    }

    public void Flush() => stream.Flush();

    /// <summary>Puts the true length into the header.</summary>
    public void Finish()
    {
        if (finished)
            return;
        finished = true;
        stream.Position = 0;
        WriteHeader((uint)Math.Min(written, unknown - headerLength));
        stream.Position = headerLength + written;
        stream.Flush();
    }

    public void Dispose()
    {
        Finish();
        if (!leaveOpen)
            stream.Dispose();
    }

    void WriteHeader(uint length)
    {
        Span<byte> header = stackalloc byte[headerLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length == unknown ? unknown : length + headerLength - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(sampleRateHz * channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(channels * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], length);
        stream.Write(header);
    }
}
