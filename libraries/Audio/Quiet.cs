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
        var least = Least(samples);
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

    /// <summary>The sound with each silence inside it at this share of its length, but never under a breath.</summary>
    public static Sound Shorten(Sound sound, TimeSpan breath, double share)
    {
        var samples = sound.Samples;
        var least = Least(samples);
        var catching = (int)(breath.TotalSeconds * sound.SampleRateHz);
        var kept = new List<float>(samples.Length);
        var from = 0;
        for (var at = 0; at < samples.Length; )
        {
            var end = at;
            while (end < samples.Length && Math.Abs(samples[end]) <= least)
                end++;
            var stays = Math.Max(catching, (int)((end - at) * share));
            if (end - at > stays)
            {
                // Out of its middle: what dies away before it and swells after it is heard as it was.
                kept.AddRange(samples.AsSpan(from, at + stays / 2 - from));
                from = end - (stays - stays / 2);
            }
            at = end + 1;
        }
        kept.AddRange(samples.AsSpan(from));
        return sound with { Samples = [.. kept] };
    }

    static float Least(float[] samples) => samples.Select(Math.Abs).DefaultIfEmpty().Max() * heard;
}
