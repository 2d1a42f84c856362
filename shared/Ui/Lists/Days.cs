using System.Globalization;
using Loa.Kernel;

namespace Loa.Ui;

/// <summary>A day in an address: as a program writes it, or as people here do.</summary>
public static class Days
{
    static readonly string[] Forms = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];

    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.IsOnCalendar();
}
