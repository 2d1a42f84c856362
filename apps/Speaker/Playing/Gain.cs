namespace Loa.Speaker.Playing;

/// <summary>Makes sound louder or softer without a click.</summary>
static class Gain
{
    /// <summary>Goes evenly from one gain to another over the samples; 1 leaves them as they are.</summary>
    public static void Apply(Span<short> pcm, double from, double to)
    {
        if (from >= 1 && to >= 1)
            return;
        var step = pcm.Length == 0 ? 0 : (to - from) / pcm.Length;
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = (short)Math.Round(pcm[i] * (from + (step * i)));
    }
}
