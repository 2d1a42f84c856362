using System.Globalization;
using Loa.Kernel;

namespace Loa.Ui;

/// <summary>A number as lists show it; above what was counted only that there are more.</summary>
public static class Counted
{
    public static string Text(int count, int most) =>
        count > most ? Words.Get("ui.more-than", most) : count.ToString("N0", CultureInfo.CurrentCulture);
}
