using System.Numerics;

namespace Loa.Audio;

/// <summary>The fast Fourier transform, in place, for lengths that are powers of two.</summary>
static class Fourier
{
    public static void Transform(Span<Complex> values)
    {
        Shuffle(values);
        var turns = Turns(values.Length);
        for (var size = 2; size <= values.Length; size *= 2)
        {
            var step = values.Length / size;
            var half = size / 2;
            for (var start = 0; start < values.Length; start += size)
            {
                var even = values.Slice(start, half);
                var odd = values.Slice(start + half, half);
                for (var i = 0; i < half; i++)
                {
                    var turned = odd[i] * turns[i * step];
                    odd[i] = even[i] - turned;
                    even[i] += turned;
                }
            }
        }
    }

    // The inverse is the transform of the conjugate, but for the scale and another conjugate.
    public static void Inverse(Span<Complex> values)
    {
        foreach (ref var value in values)
            value = Complex.Conjugate(value);
        Transform(values);
        foreach (ref var value in values)
            value = Complex.Conjugate(value) / values.Length;
    }

    static void Shuffle(Span<Complex> values)
    {
        for (int i = 1, j = 0; i < values.Length; i++)
        {
            var bit = values.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (values[i], values[j]) = (values[j], values[i]);
        }
    }

    static Complex[] Turns(int length)
    {
        var turns = new Complex[length / 2];
        for (var i = 0; i < turns.Length; i++)
            turns[i] = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / length);
        return turns;
    }
}
