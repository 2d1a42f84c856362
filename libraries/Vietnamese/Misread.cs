using System.Text.RegularExpressions;

namespace Loa.Vietnamese;

/// <summary>
/// Mends figures that a scanner or a hasty hand spoiled: letters for figures (l5/11, O8h30, 5O.000), a blank within an amount
/// (5. 000 đồng), what trails behind one (500.000,-đ).
/// </summary>
static partial class Misread
{
    public static string Mend(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return text;
        text = Figures().Replace(text, match => Mended(match.Value));
        text = Loose().Replace(text, ",");
        text = Apart().Replace(text, match => match.Value.Replace(" ", "", StringComparison.Ordinal));
        return Trailing().Replace(text, "đ");
    }

    // Only where figures of some length are meant: an amount, a day, an hour, a telephone number. 1l5 is a litre and a half.
    [GeneratedRegex(
        """
            (?<![\p{L}\p{N}.,/:])(?:
                (?=[^\s\d]{0,7}\d) [\dOoIl][\dOo]{0,2} (?:[.,][\dOo]{3}){1,4}
              | (?:[Ool]?\d|\dO|[0O]l) / (?:[Ool]?\d|1\d|\dO|[0O]l) (?:/[\dOol]{4})?
              | (?=[^\s\d]?\d) [\dOol][\dO]? [hg:] [\dOo]{2}
              | (?=[^\s\d]\d) [Ol]\d [hg]
              | [Oo](?:\d[ .-]?){8,9}\d
              | [12]O\d\d
              | l\d{1,3}(?=/[A-ZĐ])
              | l/\d{1,2}/\d{4}
              | \dO(?=\ (?:kg|g|km|m|cm|ha|lít|hộ|người|giờ|ngày|tuổi|phút|tấn|con|cây)(?![\p{L}]))
            )(?=đ|[^\p{L}\p{N}]|$)
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Figures();

    // 12 ,5 kg
    [GeneratedRegex(@"(?<=\d) ,(?=\d)")]
    private static partial Regex Loose();

    // 5. 000 đồng
    [GeneratedRegex(@"(?<![\d.,])\d{1,3}(?:\. ?\d{3}){1,4}(?!\d)(?= ?(?:đồng|đ|₫|VNĐ|VND)(?!\p{L}))")]
    private static partial Regex Apart();

    // 1.500.000.đ, 500.000,-đ, 500.000,-
    [GeneratedRegex(@"(?<=\d{3})(?:[.,]-? ?(?:đ(?:ồng)?|₫)(?!\p{L})|[.,]-(?![\w-]))")]
    private static partial Regex Trailing();

    static string Mended(string written) =>
        written.Replace('O', '0').Replace('o', '0').Replace('I', '1').Replace('l', '1');
}
