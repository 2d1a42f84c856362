using System.Globalization;
using System.Text;

namespace Loa.Audio;

/// <summary>Takes the figures out of what ffmpeg prints.</summary>
static class FfmpegReport
{
    public static Measured Loudness(string report, TimeSpan duration)
    {
        var summary = report[Math.Max(0, report.LastIndexOf("Summary:", StringComparison.Ordinal))..];
        return new Measured(Figure(summary, " I:"), Figure(summary, "Peak:"), duration);
    }

    /// <summary>How far apart quiet and loud are, LU.</summary>
    public static double Range(string report) => Figure(report, " LRA:");

    public static TimeSpan Duration(MemoryStream progress) =>
        TimeSpan.FromMicroseconds(
            Figure(Encoding.UTF8.GetString(progress.GetBuffer(), 0, (int)progress.Length), "out_time_us=")
        );

    public static string Json(string report)
    {
        var (start, end) = (report.LastIndexOf('{'), report.LastIndexOf('}'));
        return start >= 0 && end > start ? report[start..(end + 1)] : throw Unexpected(report);
    }

    // The last one counts: progress is told again and again.
    static double Figure(string text, string label)
    {
        var at = text.LastIndexOf(label, StringComparison.Ordinal);
        var value = at < 0 ? "" : text[(at + label.Length)..].TrimStart().Split([' ', '\n', '\r'], 2)[0];
        return value switch
        {
            "-inf" => double.NegativeInfinity,
            // Nothing came out at all.
            "N/A" => 0,
            _ when double.TryParse(value, CultureInfo.InvariantCulture, out var figure) => figure,
            _ => throw Unexpected(text),
        };
    }

    static ToolException Unexpected(string text) =>
        new("ffmpeg", "ffmpeg answered in a way that we do not know", 0, text.Trim());
}
