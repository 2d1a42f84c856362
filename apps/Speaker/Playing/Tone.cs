using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Three short beeps, by which a technician finds a speaker.</summary>
static class Tone
{
    const int Rate = OggOpus.SampleRateHz;
    const int Beeps = 3;
    const int BeepSamples = Rate / 5;
    const int Period = Rate * 7 / 20;
    const double PitchHz = 880;
    const double Loudness = 0.25;

    // A hundredth of a second, so that it does not click.
    const double Slope = Rate / 100.0;

    public static short[] Identify()
    {
        var sound = new short[Beeps * Period];
        for (var beep = 0; beep < Beeps; beep++)
        {
            for (var i = 0; i < BeepSamples; i++)
            {
                var edge = Math.Min(1, Math.Min(i, BeepSamples - i) / Slope);
                var wave = Math.Sin(2 * Math.PI * PitchHz * i / Rate);
                sound[(beep * Period) + i] = (short)(short.MaxValue * Loudness * edge * wave);
            }
        }
        return sound;
    }
}
