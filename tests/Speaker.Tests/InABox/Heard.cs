using Loa.Audio;

namespace Loa.Speaker.InABox;

/// <summary>Compares what was recorded with what was to be heard.</summary>
static class Heard
{
    public static double Likeness(Sound source, string recording) =>
        Correlation.Best(source, Wav.Read(recording), TimeSpan.FromMilliseconds(500)).Coefficient;

    public static Sound From(this Sound sound, TimeSpan offset) =>
        sound with
        {
            Samples = sound.Samples[(int)(offset.TotalSeconds * sound.SampleRateHz)..],
        };
}
