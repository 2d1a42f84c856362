using System.Globalization;

namespace Loa.Audio;

/// <summary>
/// Makes one channel of a recording without losing what is in it: the mean of all, or, where they cancel each other (a cable with its
/// cores swapped), the loudest; and no steady offset, which nobody hears, counts as loudness or peak.
/// </summary>
static class Channels
{
    // Channels with different voices come to half of one (6 dB); what is still quieter was cancelled.
    const double CancelledDb = 9;

    // Below what any horn gives and any voice has.
    const string WithoutOffset = "highpass=f=30";
    const string Mean = "aformat=channel_layouts=mono";

    const string Look =
        "astats=measure_perchannel=DC_offset:measure_overall=none,"
        + WithoutOffset
        + ",astats=measure_perchannel=RMS_level:measure_overall=none";

    /// <summary>The filter that makes one channel of this very file, its sound otherwise untouched.</summary>
    public static async Task<string> One(string path, CancellationToken cancel) => (await Choose(path, cancel)).Filter;

    /// <summary>The same, without what is below any voice.</summary>
    public static async Task<string> Clean(string path, CancellationToken cancel)
    {
        var (filter, offset) = await Choose(path, cancel);
        // The high pass alone would begin with a click as high as the offset.
        var level = offset == 0 ? "" : FormattableString.Invariant($",dcshift=shift={-offset:0.000000}");
        return $"{filter}{level},{WithoutOffset}";
    }

    static async Task<(string Filter, double Offset)> Choose(string path, CancellationToken cancel)
    {
        var apart = await Read(path, Look, cancel);
        if (apart.Count <= 1)
            return (Mean, apart.FirstOrDefault()?.Offset ?? 0);
        var mean = await Read(path, $"{Mean},{Look}", cancel);
        var loudest = apart.MaxBy(channel => channel.Level)!;
        return mean.Count > 0 && mean[0].Level >= loudest.Level - CancelledDb
            ? (Mean, mean[0].Offset)
            : (FormattableString.Invariant($"pan=mono|c0=c{apart.IndexOf(loudest)}"), loudest.Offset);
    }

    static async Task<List<Channel>> Read(string path, string filter, CancellationToken cancel)
    {
        var report = await Ffmpeg.Run([.. Ffmpeg.Input(path), "-af", filter, "-f", "null", "-"], cancel);
        var offsets = Figures(report, "DC offset:");
        var levels = Figures(report, "RMS level dB:");
        return [.. offsets.Zip(levels, (offset, level) => new Channel(double.IsFinite(offset) ? offset : 0, level))];
    }

    static List<double> Figures(string report, string label) =>
        [
            .. report
                .Split('\n')
                .Where(line => line.Contains(label, StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf(label, StringComparison.Ordinal) + label.Length)..].Trim())
                .Select(text =>
                    double.TryParse(text, CultureInfo.InvariantCulture, out var figure) && !double.IsNaN(figure)
                        ? figure
                        : double.NegativeInfinity
                ),
        ];

    /// <param name="Offset">Mean of all samples.</param>
    /// <param name="Level">RMS without it, dBFS; −∞ when there is nothing.</param>
    sealed record Channel(double Offset, double Level);
}
