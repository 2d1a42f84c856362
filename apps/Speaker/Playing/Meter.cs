using Loa.Air;

namespace Loa.Speaker.Playing;

/// <summary>Watches what really goes out while one sound is to be heard: whether there is anything, and whether it is cut off at full scale.</summary>
sealed class Meter
{
    // Below this a horn is silent (−66 dB of full scale).
    const int Quiet = 16;

    // A pause between two sentences is shorter.
    const int Long = 2 * Samples.Rate;

    // In ten thousand; a single cut sample is not heard.
    const int MostClipped = 1;

    long seen;
    long run;
    long lost;
    long pause;
    long counted;
    long silent;

    public int Clipped { get; private set; }

    /// <summary>How long it was silent though the sound itself was not, if that was longer than a pause, or all there was.</summary>
    public TimeSpan Silent => Samples.Time(silent + (run == seen ? lost - counted : 0));

    public SoundState State =>
        run >= Long && lost > 0 ? SoundState.Silent
        : Clipped > 10 && Clipped * 10_000L > seen * MostClipped ? SoundState.Clipping
        : SoundState.Good;

    /// <param name="loudest">Of what goes out.</param>
    /// <param name="source">The loudest of what came in, before it was made softer.</param>
    public void See(int samples, int loudest, int source, int clipped)
    {
        seen += samples;
        Clipped += clipped;
        if (loudest > Quiet)
        {
            (run, lost, pause, counted) = (0, 0, 0, 0);
            return;
        }
        run += samples;
        // Who hears nothing does not hear the pauses between the words either.
        if (source > Quiet)
            (lost, pause) = (lost + samples + (pause < Long ? pause : 0), 0);
        else
            pause += lost > 0 ? samples : 0;
        if (run < Long)
            return;
        silent += lost - counted;
        counted = lost;
    }
}
