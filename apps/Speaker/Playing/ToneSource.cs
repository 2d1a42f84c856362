namespace Loa.Speaker.Playing;

/// <summary>The sounds that a speaker makes by itself: none of them says anything.</summary>
sealed class ToneSource : ISource
{
    const double Soft = 0.08;
    const double Plain = 0.25;

    // A hundredth of a second, so that it does not click.
    const double Slope = Samples.Rate / 100.0;

    readonly double pitchHz;
    readonly double loudness;
    readonly int on;
    readonly int period;
    long at;

    ToneSource(double pitchHz, double loudness, TimeSpan length, TimeSpan on, TimeSpan period)
    {
        (this.pitchHz, this.loudness, Length) = (pitchHz, loudness, Samples.In(length));
        (this.on, this.period) = ((int)Samples.In(on), (int)Samples.In(period));
    }

    public long Length { get; }

    /// <summary>Three short beeps, by which a technician finds a speaker.</summary>
    public static ToneSource Identify() => Beeps(880, Plain, TimeSpan.FromMilliseconds(1050), 200, 350);

    /// <summary>Says softly that something was to be heard here.</summary>
    public static ToneSource Instead(TimeSpan length) => Beeps(440, Soft, length, 700, 1000);

    /// <summary>What a microphone is to hear.</summary>
    public static ToneSource Test(TimeSpan length) =>
        new(1000, Plain, length, length, length + TimeSpan.FromSeconds(1));

    public void Seek(long sample) => at = sample;

    public int Read(Span<short> pcm)
    {
        var count = (int)Math.Min(pcm.Length, Length - at);
        for (var i = 0; i < count; i++, at++)
        {
            var phase = (int)(at % period);
            var edge = Math.Clamp(Math.Min(phase, on - phase) / Slope, 0, 1);
            pcm[i] = (short)(short.MaxValue * loudness * edge * Math.Sin(2 * Math.PI * pitchHz * at / Samples.Rate));
        }
        return count;
    }

    public void Dispose() { }

    static ToneSource Beeps(double pitchHz, double loudness, TimeSpan length, int on, int period) =>
        new(pitchHz, loudness, length, TimeSpan.FromMilliseconds(on), TimeSpan.FromMilliseconds(period));
}
