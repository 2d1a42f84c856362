using System.Text.RegularExpressions;

namespace Loa.Devices.Registry;

/// <summary>The number on a speaker's plate; a spreadsheet easily makes something else of it.</summary>
static partial class SerialNumber
{
    /// <summary>Written as 1,23E+11, as a row of # or as an error: the true number is lost, and others are written the same.</summary>
    public static bool IsSpoilt(string serial) => Spoilt().IsMatch(serial);

    [GeneratedRegex(
        @"^(\d([.,]\d+)?E[+-]?\d+|#+|#(N/A|VALUE!|REF!|NAME\?|DIV/0!|NULL!|NUM!))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Spoilt();
}
