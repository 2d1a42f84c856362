using Loa.Speaker.Controls;

namespace Loa.Speaker.Playing;

/// <summary>Makes one frame after the other of all that sounds, as loud as each horn is to be, and watches what goes out.</summary>
sealed class Mixer(Volume volume, int channels)
{
    /// <summary>10 ms.</summary>
    public const int Frame = Samples.Rate / 100;

    // All the way from silent to loud takes 20 ms.
    const double Step = 50.0 / Samples.Rate;

    readonly int[] sum = new int[Frame];
    readonly short[] pcm = new short[Frame];
    readonly short[] frame = new short[Frame * channels];
    readonly double[] gains = new double[channels];
    double[]? levels;

    public Span<int> Sum => sum;

    public Span<short> Scratch => pcm;

    public void Clear() => Array.Clear(sum);

    /// <summary>What goes to the output.</summary>
    /// <param name="leastHorn">No horn is softer, whatever it is set to.</param>
    public ReadOnlySpan<short> Write(Meter? meter, int source, double leastHorn = 0)
    {
        volume.Fill(gains, leastHorn);
        levels ??= [.. gains];
        var (loudest, clipped) = (0, 0);
        for (var i = 0; i < Frame; i++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                levels[channel] += Math.Clamp(gains[channel] - levels[channel], -Step, Step);
                var value = (int)Math.Round(sum[i] * levels[channel]);
                if (value is >= short.MaxValue or <= short.MinValue)
                    clipped++;
                var sample = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
                loudest = Math.Max(loudest, Math.Abs((int)sample));
                frame[(i * channels) + channel] = sample;
            }
        }
        meter?.See(Frame, loudest, source, clipped);
        return frame;
    }
}
