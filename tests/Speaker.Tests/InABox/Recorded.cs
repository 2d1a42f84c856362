using System.Security.Cryptography;
using Loa.Audio;

namespace Loa.Speaker.InABox;

/// <summary>A sound as it was made, and as it goes over the air.</summary>
sealed record Recorded(Sound Source, byte[] Bytes)
{
    const int Rate = OggOpus.SampleRateHz;

    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    public TimeSpan Duration => Source.Duration;

    /// <summary>Something like a voice: a gliding tone with overtones, in syllables; another seed speaks otherwise.</summary>
    public static async Task<Recorded> Make(double seconds, int seed = 1, double gain = 1)
    {
        var random = new Random(seed);
        var samples = new float[(int)(seconds * Rate)];
        var (phase, pitch, loud) = (0.0, 180.0, 0.0);
        var (pitchTo, loudTo) = (180.0, 0.5);
        for (var i = 0; i < samples.Length; i++)
        {
            if (i % (Rate / 6) == 0)
                (pitchTo, loudTo) = (130 + (random.NextDouble() * 140), random.NextDouble() * 0.6);
            pitch += (pitchTo - pitch) / 3000;
            loud += (loudTo - loud) / 1500;
            phase += 2 * Math.PI * pitch / Rate;
            samples[i] = (float)(
                gain * loud * (Math.Sin(phase) + (0.5 * Math.Sin(2 * phase)) + (0.3 * Math.Sin(3 * phase))) / 2
            );
        }
        return new Recorded(new Sound(samples, Rate), await Encode(samples));
    }

    static async Task<byte[]> Encode(float[] samples)
    {
        var folder = Directory.CreateTempSubdirectory("loa-sound-");
        try
        {
            var (wav, ogg) = (Path.Combine(folder.FullName, "a.wav"), Path.Combine(folder.FullName, "a.ogg"));
            using (var writer = new WavWriter(wav, Rate))
                writer.Write(samples);
            await Ffmpeg.EncodeOpus(wav, ogg, CancellationToken.None);
            return await File.ReadAllBytesAsync(ogg);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
