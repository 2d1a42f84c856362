namespace Loa.Newsroom.Voices;

/// <summary>A waveform in few characters: one byte per bar, base64.</summary>
static class PeakText
{
    /// <summary>As many bars as a page draws.</summary>
    public const int Bars = 160;

    public static string Write(IReadOnlyList<float> peaks) =>
        Convert.ToBase64String([.. peaks.Select(p => (byte)Math.Round(Math.Clamp(p, 0, 1) * byte.MaxValue))]);

    public static IReadOnlyList<float> Read(string text) =>
        [.. Convert.FromBase64String(text).Select(b => b / (float)byte.MaxValue)];
}
