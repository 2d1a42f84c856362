using System.Globalization;
using Loa.Vietnamese;
using Microsoft.Net.Http.Headers;

namespace Loa.Kernel;

/// <summary>
/// The name of a file that somebody takes away, the same way for all: what it holds, the day, what it was narrowed to, in letters
/// that every system keeps ("cum-loa-20261129-loc-tan.xlsx").
/// </summary>
public static class FileName
{
    const int Longest = 100;

    public static string Of(string what, DateOnly day, IEnumerable<string> narrowed, string ending)
    {
        string[] parts = [what, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), .. narrowed];
        var name = string.Join('-', parts.Select(Plain).Where(part => part.Length > 0));
        return $"{(name.Length > Longest ? name[..Longest].TrimEnd('-') : name)}.{ending}";
    }

    internal static string Attached(string name) =>
        new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString();

    static string Plain(string text) =>
        string.Join(
            '-',
            new string([.. Folding.Fold(text).Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );
}
