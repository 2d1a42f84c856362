namespace Loa.Speaker.Timing;

/// <summary>How fast the machine's counter runs.</summary>
/// <param name="Rate">How much faster than the counter time runs; 10 ppm is 10e-6.</param>
/// <param name="Doubt">How far that may be off.</param>
readonly record struct Skew(double Rate, double Doubt)
{
    // A crystal is not the same in the sun as at night, nor a counter that was measured anew when the machine started.
    const double SinceLastRun = 3e-6;

    /// <summary>A machine whose counter was never compared: what crystals promise, and somewhat worse.</summary>
    public static readonly Skew Unknown = new(0, 50e-6);

    /// <summary>What is left of it after a start of the machine.</summary>
    public Skew Remembered => this with { Doubt = Math.Max(Doubt, SinceLastRun) };

    /// <summary>What is left of it when the time turned out to be wrong.</summary>
    public Skew Doubted => this with { Doubt = Unknown.Doubt };
}
