using System.Globalization;
using Loa.Kernel;

namespace Loa.Ui;

/// <summary>How much of a moment is shown.</summary>
public enum Precision
{
    Minute,
    Second,
    Day,
    Clock,
}

/// <summary>Dates, times and lengths as people here write them.</summary>
public static class Moments
{
    public static string Shown(this DateTimeOffset at, Precision precision = Precision.Minute) =>
        VietnamTime.Of(at).ToString(Formats[precision], CultureInfo.InvariantCulture);

    public static string Shown(this DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>A length of sound: 1:05, or 1:00:05.</summary>
    public static string Shown(this TimeSpan length) =>
        length.ToString(length >= TimeSpan.FromHours(1) ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    static readonly Dictionary<Precision, string> Formats = new()
    {
        [Precision.Minute] = "dd/MM/yyyy HH:mm",
        [Precision.Second] = "dd/MM/yyyy HH:mm:ss",
        [Precision.Day] = "dd/MM/yyyy",
        [Precision.Clock] = "HH:mm",
    };
}
