using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>Reads a WAV file, whole or cut off by a crash, as mono sound.</summary>
public static class Wav
{
    const ushort pcm = 1;
    const ushort ieeeFloat = 3;
    const ushort extensible = 0xFFFE;

    // As energy; what a recording of one voice on one of two channels comes to is a quarter.
    const double cancelled = 8;

    public static Sound Read(string path) => Read(File.ReadAllBytes(path));

    /// <exception cref="InvalidDataException">The bytes are not a WAV file that we can read.</exception>
    public static Sound Read(ReadOnlySpan<byte> file) =>
        TryRead(file, out var sound) ? sound : throw new InvalidDataException("Not a PCM16 or float WAV file.");

    public static bool TryRead(ReadOnlySpan<byte> file, out Sound sound)
    {
        sound = new Sound([], 48_000);
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
            return false;
        var layout = default(Layout);
        var rest = file[12..];
        while (rest.Length >= 8)
        {
            var declared = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[8..];
            if (rest.StartsWith("data"u8))
                return layout.Known && Mix(Present(body, declared), layout, out sound);
            if (declared > body.Length)
                return false;
            if (rest.StartsWith("fmt "u8) && !Layout.TryRead(body[..(int)declared], out layout))
                return false;
            // Chunks are padded to an even length.
            rest = body[(int)Math.Min(declared + (declared & 1), (uint)body.Length)..];
        }
        return false;
    }

    // A recorder that died left 0 or "unknown" as the size, or a size that it never reached.
    static ReadOnlySpan<byte> Present(ReadOnlySpan<byte> body, uint declared) =>
        declared == 0 || declared > body.Length ? body : body[..(int)declared];

    static bool Mix(ReadOnlySpan<byte> data, Layout layout, out Sound sound)
    {
        var samples = new float[data.Length / (layout.Channels * layout.SampleBytes)];
        if (layout is { Channels: 1, SampleBytes: 2 })
        {
            // As we write them ourselves, many and long.
            var mono = MemoryMarshal.Cast<byte, short>(data);
            for (var at = 0; at < samples.Length; at++)
                samples[at] = mono[at] / 32768f;
            sound = new Sound(samples, layout.SampleRateHz);
            return true;
        }
        var energies = new double[layout.Channels];
        var together = 0.0;
        for (var frame = 0; frame < samples.Length; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var value = layout.At(data, frame, channel);
                energies[channel] += value * value;
                sum += value;
            }
            samples[frame] = sum / layout.Channels;
            together += samples[frame] * samples[frame];
        }
        // Channels that cancel each other are heard by the loudest alone.
        var loudest = Array.IndexOf(energies, energies.Max());
        if (together * cancelled < energies[loudest])
            for (var frame = 0; frame < samples.Length; frame++)
                samples[frame] = layout.At(data, frame, loudest);
        sound = new Sound(samples, layout.SampleRateHz);
        return true;
    }

    readonly record struct Layout(int Channels, int SampleRateHz, int SampleBytes)
    {
        public bool Known => Channels > 0;

        public float At(ReadOnlySpan<byte> data, int frame, int channel)
        {
            var sample = data[((frame * Channels + channel) * SampleBytes)..];
            return SampleBytes == 2
                ? BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f
                : BinaryPrimitives.ReadSingleLittleEndian(sample);
        }

        public static bool TryRead(ReadOnlySpan<byte> chunk, out Layout layout)
        {
            layout = default;
            if (chunk.Length < 16)
                return false;
            var kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
            if (kind == extensible && chunk.Length >= 26)
                kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
            var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
            var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
            var readable = (kind, bits) is (pcm, 16) or (ieeeFloat, 32);
            if (!readable || channels is 0 or > 8 || rate is 0 or > 384_000)
                return false;
            layout = new Layout(channels, (int)rate, bits / 8);
            return true;
        }
    }
}
