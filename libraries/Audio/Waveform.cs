namespace Loa.Audio;

/// <summary>Draws sound: the highest peak of each of many equal stretches, however long the sound turns out to be.</summary>
public sealed class Waveform
{
    const int finest = 8192;

    readonly float[] peaks = new float[finest];
    int used;
    int width = 64;
    int inLast;

    /// <summary>The peaks of a sound, 0 to 1.</summary>
    public static float[] Peaks(Sound sound, int buckets)
    {
        var waveform = new Waveform();
        waveform.Add(sound.Samples);
        return waveform.Peaks(buckets);
    }

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
            Add(Math.Min(1f, Math.Abs(sample)));
    }

    public void Add(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
            Add(Math.Abs(sample / 32768f));
    }

    public float[] Peaks(int buckets)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(buckets);
        var result = new float[buckets];
        for (var bucket = 0; bucket < buckets && used > 0; bucket++)
        {
            var from = (int)((long)bucket * used / buckets);
            var to = Math.Max(from + 1, (int)((long)(bucket + 1) * used / buckets));
            foreach (var peak in peaks.AsSpan(from, to - from))
                result[bucket] = Math.Max(result[bucket], peak);
        }
        return result;
    }

    void Add(float peak)
    {
        if (used == 0 || inLast == width)
            Begin();
        ref var last = ref peaks[used - 1];
        if (peak > last)
            last = peak;
        inLast++;
    }

    // When the room is full each two neighbours become one, twice as wide.
    void Begin()
    {
        if (used == finest)
        {
            for (var i = 0; i < finest / 2; i++)
                peaks[i] = Math.Max(peaks[2 * i], peaks[2 * i + 1]);
            used = finest / 2;
            width *= 2;
        }
        peaks[used++] = 0;
        inLast = 0;
    }
}
