using System.Numerics;
using System.Runtime.InteropServices;

namespace Loa.Audio;

/// <summary>How well a recording holds a source sound, and where it begins in it.</summary>
/// <param name="Coefficient">1 when the recording holds the whole source unchanged; what is missing or added lowers it.</param>
/// <param name="Lag">How long after the recording's beginning the source begins; negative when its beginning was cut.</param>
public readonly record struct Match(double Coefficient, TimeSpan Lag);

/// <summary>Finds a source sound in a recording, to prove that a loudspeaker played it.</summary>
public static class Correlation
{
    // Enough for speech, and a quarter of the work.
    const int coarseRateHz = 12_000;

    /// <param name="window">How far the source may be from the recording's beginning, before or after.</param>
    public static Match Best(Sound source, Sound recording, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(recording.SampleRateHz, source.SampleRateHz);
        if (source.Samples.Length == 0 || recording.Samples.Length == 0)
            return default;
        var most = (int)(window.TotalSeconds * source.SampleRateHz);
        var factor = Math.Max(1, source.SampleRateHz / coarseRateHz);
        var coarse = Coarse(Thin(source.Samples, factor), Thin(recording.Samples, factor), most / factor) * factor;
        var reach = 2 * factor;
        var energy = Product(source.Samples, source.Samples);
        var best = (Coefficient: double.NegativeInfinity, Lag: 0);
        for (var lag = Math.Max(-most, coarse - reach); lag <= Math.Min(most, coarse + reach); lag++)
        {
            var coefficient = At(source.Samples, energy, recording.Samples, lag);
            if (coefficient > best.Coefficient)
                best = (coefficient, lag);
        }
        return new Match(best.Coefficient, TimeSpan.FromSeconds((double)best.Lag / source.SampleRateHz));
    }

    // The whole source counts, so that half of it, however well heard, is not a proof.
    // What the recording holds before and after is none of the source's business.
    static double At(ReadOnlySpan<float> source, double energy, ReadOnlySpan<float> recording, int lag)
    {
        var from = Math.Max(0, -lag);
        var to = Math.Min(source.Length, recording.Length - lag);
        if (to <= from)
            return 0;
        var here = source[from..to];
        var there = recording.Slice(from + lag, to - from);
        return Ratio(Product(here, there), energy, Product(there, there));
    }

    static int Coarse(float[] source, float[] recording, int most)
    {
        var products = Products(source, recording);
        var energies = Energies(recording);
        var whole = Product(source, source);
        var best = (Coefficient: double.NegativeInfinity, Lag: 0);
        for (var lag = Math.Max(-most, 1 - source.Length); lag <= Math.Min(most, recording.Length - 1); lag++)
        {
            var from = Math.Max(0, lag);
            var to = Math.Min(recording.Length, source.Length + lag);
            var product = products[lag < 0 ? products.Length + lag : lag].Real;
            var coefficient = Ratio(product, whole, energies[to] - energies[from]);
            if (coefficient > best.Coefficient)
                best = (coefficient, lag);
        }
        return best.Lag;
    }

    // Every lag's product at once: a turn into frequencies, a multiplication, a turn back.
    static Complex[] Products(float[] source, float[] recording)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)(source.Length + recording.Length));
        var (first, second) = (new Complex[length], new Complex[length]);
        for (var i = 0; i < source.Length; i++)
            first[i] = source[i];
        for (var i = 0; i < recording.Length; i++)
            second[i] = recording[i];
        Fourier.Transform(first);
        Fourier.Transform(second);
        for (var i = 0; i < length; i++)
            second[i] *= Complex.Conjugate(first[i]);
        Fourier.Inverse(second);
        return second;
    }

    static double[] Energies(float[] samples)
    {
        var sums = new double[samples.Length + 1];
        for (var i = 0; i < samples.Length; i++)
            sums[i + 1] = sums[i] + (double)samples[i] * samples[i];
        return sums;
    }

    // The mean of a few neighbours keeps what lies below half the lower rate.
    static float[] Thin(float[] samples, int factor)
    {
        var thin = new float[samples.Length / factor];
        for (var i = 0; i < thin.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in samples.AsSpan(i * factor, factor))
                sum += sample;
            thin[i] = sum / factor;
        }
        return thin;
    }

    static double Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (sum, i) = (0.0, 0);
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        // Sums of single precision are kept short, else a minute of sound loses the small ones.
        const int stretch = 1024;
        while (i < wideA.Length)
        {
            var part = Vector<float>.Zero;
            for (var end = Math.Min(i + stretch, wideA.Length); i < end; i++)
                part += wideA[i] * wideB[i];
            sum += Vector.Sum(part);
        }
        for (var rest = i * Vector<float>.Count; rest < a.Length; rest++)
            sum += a[rest] * b[rest];
        return sum;
    }

    static double Ratio(double product, double energyA, double energyB) =>
        energyA <= 0 || energyB <= 1e-12 ? 0 : product / Math.Sqrt(energyA * energyB);
}
