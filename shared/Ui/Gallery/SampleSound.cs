using System.Buffers.Binary;

namespace Loa.Ui.Gallery;

/// <summary>A few seconds of a swelling tone, made here, for the player in the gallery.</summary>
static class SampleSound
{
    const int RateHz = 8000;
    const int HeaderBytes = 44;

    public static readonly TimeSpan Length = TimeSpan.FromSeconds(8);
    public static readonly byte[] Wav = Make();

    public static IReadOnlyList<float> Peaks { get; } =
    [.. Enumerable.Range(0, 400).Select(i => Loudness(i / 400.0 * Length.TotalSeconds))];

    static float Loudness(double second) =>
        (float)(
            Math.Abs(Math.Sin(second * 2.1))
            * (0.45 + 0.5 * Math.Abs(Math.Sin(second * 13.7)) * Math.Abs(Math.Cos(second * 5.3)))
        );

    static byte[] Make()
    {
        var samples = (int)(RateHz * Length.TotalSeconds);
        var wav = new byte[HeaderBytes + samples * 2];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), RateHz);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), RateHz * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var second = (double)i / RateHz;
            var value = Math.Sin(second * 2 * Math.PI * 330) * Loudness(second) * 0.4;
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(HeaderBytes + i * 2), (short)(value * short.MaxValue));
        }
        return wav;
    }
}
