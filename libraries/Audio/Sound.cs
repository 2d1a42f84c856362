namespace Loa.Audio;

/// <summary>A piece of mono sound held in memory.</summary>
/// <param name="Samples">One value per sample, −1 to 1.</param>
/// <param name="SampleRateHz">Samples per second.</param>
public sealed record Sound(float[] Samples, int SampleRateHz)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRateHz);
}
