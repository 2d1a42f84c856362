namespace Loa.Audio;

/// <summary>The silence around what is said.</summary>
public static class Quiet
{
    // 50 dB below the loudest: a breath is still heard, the noise of a rounding is not.
    const float heard = 0.003f;

    /// <summary>The sound with exactly this much of silence before and after it; silence alone stays as it is.</summary>
    public static Sound Trim(Sound sound, TimeSpan edge)
    {
        var samples = sound.Samples;
        var least = samples.Select(Math.Abs).DefaultIfEmpty().Max() * heard;
        var first = Array.FindIndex(samples, sample => Math.Abs(sample) > least);
        if (first < 0)
            return sound;
        var last = Array.FindLastIndex(samples, sample => Math.Abs(sample) > least);
        var around = (int)(edge.TotalSeconds * sound.SampleRateHz);
        var (from, to) = (Math.Max(0, first - around), Math.Min(samples.Length, last + 1 + around));
        var trimmed = new float[last + 1 - first + 2 * around];
        samples.AsSpan(from, to - from).CopyTo(trimmed.AsSpan(around - (first - from)));
        return sound with { Samples = trimmed };
    }
}
