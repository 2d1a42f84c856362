namespace Loa.Audio;

/// <summary>The highest peak of a sound, also where it lies between two samples.</summary>
static class TruePeak
{
    const int between = 4;
    const int around = 12;

    // What stays further below the highest sample cannot rise above it between two samples.
    const float near = 0.7f;

    static readonly float[][] weights =
    [
        .. Enumerable.Range(1, between - 1).Select(part => Weights((double)part / between)),
    ];

    public static float Of(ReadOnlySpan<float> sound)
    {
        var highest = 0f;
        foreach (var sample in sound)
            highest = Math.Max(highest, Math.Abs(sample));
        var (least, peak) = (highest * near, highest);
        for (var at = 0; at < sound.Length && highest > 0; at++)
        {
            if (Math.Abs(sound[at]) < least)
                continue;
            peak = Math.Max(peak, Math.Max(Between(sound, at - 1), Between(sound, at)));
        }
        return peak;
    }

    // The highest between this sample and the next.
    static float Between(ReadOnlySpan<float> sound, int at)
    {
        var highest = 0f;
        foreach (var weight in weights)
        {
            var sum = 0f;
            var from = at - around + 1;
            for (var tap = Math.Max(0, -from); tap < weight.Length && from + tap < sound.Length; tap++)
                sum += weight[tap] * sound[from + tap];
            highest = Math.Max(highest, Math.Abs(sum));
        }
        return highest;
    }

    // A sinc under a Hann window.
    static float[] Weights(double part) =>
        [
            .. Enumerable
                .Range(1 - around, 2 * around)
                .Select(tap => tap - part)
                .Select(x =>
                    (float)(Math.Sin(Math.PI * x) / (Math.PI * x) * (0.5 + 0.5 * Math.Cos(Math.PI * x / around)))
                ),
        ];
}
