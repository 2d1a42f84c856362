namespace Loa.Audio;

/// <summary>How loud a sound is after EBU R128.</summary>
/// <param name="IntegratedLufs">−70 when there is nothing to hear.</param>
/// <param name="TruePeakDbtp">The highest peak between the samples; −∞ for digital silence.</param>
/// <param name="Duration">How long the sound lasts.</param>
public sealed record Measured(double IntegratedLufs, double TruePeakDbtp, TimeSpan Duration)
{
    public bool Silent => IntegratedLufs <= -69.9;
}
