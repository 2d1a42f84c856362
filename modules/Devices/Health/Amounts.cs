using System.Globalization;
using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>Sizes and lengths as people say them: "70,8 GB", "2 phút 24 giây".</summary>
static class Amounts
{
    const double Kilo = 1024;

    public static string Bytes(long bytes)
    {
        var size = bytes / Kilo / Kilo;
        return size < Kilo ? Number(size, "MB") : Number(size / Kilo, "GB");
    }

    /// <summary>A short length, to the hundredth of a second.</summary>
    public static string Seconds(int milliseconds) =>
        Words.Get("amount.seconds", (milliseconds / 1000.0).ToString("0.##", CultureInfo.CurrentCulture));

    /// <summary>How late something was; what nobody notices is on time.</summary>
    public static string? Late(int? milliseconds)
    {
        if (milliseconds is not { } late)
            return null;
        var length = TimeSpan.FromSeconds(Math.Round(late / 1000.0));
        return late < 1000 ? Words.Get("amount.on-time")
            : length < TimeSpan.FromMinutes(1) ? Seconds(late)
            : Words.Get("amount.minutes", (int)length.TotalMinutes, length.Seconds);
    }

    static string Number(double size, string unit) => $"{size.ToString("0.#", CultureInfo.CurrentCulture)} {unit}";
}
