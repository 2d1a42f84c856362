namespace Loa.Vietnamese;

/// <summary>Reads all other numbers: 1.661, 3,5, 007, −5 °C, 500.000đ.</summary>
static class Figures
{
    // Longer rows of digits are the numbers of accounts and cards.
    const int longestAmount = 12;

    // 2.0, 1.2.3, 192.168.1.1
    const int mostParts = 4;

    public static bool Read(Scan scan, Speech speech)
    {
        var sign = Negative(scan, speech) ? 1 : 0;
        var money = scan[sign] is '$' or '€' ? 1 : 0;
        if (!char.IsAsciiDigit(scan[sign + money]))
            return false;
        var currency = money == 1 ? " " + WordList.Units[$"{scan[sign]}"] : "";
        scan.Skip(sign + money);
        speech.Figure($"{(sign == 1 ? "âm " : "")}{Number(scan, speech.Before)}{currency}");
        ReadUnit(scan, speech);
        return true;
    }

    /// <summary>Whether a unit stands there, alone; its length and how it is said.</summary>
    public static int Unit(Scan scan, int from, out string said)
    {
        var longest = Math.Min(WordList.Units.LongestKey, scan.Run(from, letter => letter > ' '));
        for (var length = longest; length > 0; length--)
        {
            if (WordList.Units.TryFind(scan.Peek(from, length), out said) && scan.Edge(from + length))
                return length;
        }
        said = "";
        return 0;
    }

    static bool Negative(Scan scan, Speech speech) =>
        scan[0] is '-' or '−' && !speech.AfterFigure && scan[-1] is ' ' or '(' or '\n' or '\0' or ':';

    static string Number(Scan scan, string before)
    {
        var first = scan.Digits();
        var grouped = Grouped(scan, first, '.');
        if (grouped == first && Grouped(scan, first, ',') is var english && english > first + 4)
            return Numerals.Cardinal(Plain(scan.Take(english)));
        var said = grouped > first ? Numerals.Cardinal(Plain(scan.Take(grouped))) : Whole(scan.Take(first), before);
        if (Decimals(scan) is var decimals and > 0)
        {
            scan.Skip(1);
            return $"{said} phẩy {Numerals.Decimals(scan.Take(decimals))}";
        }
        for (var part = 0; part < mostParts && scan[0] == '.' && char.IsAsciiDigit(scan[1]); part++)
        {
            scan.Skip(1);
            said += $" chấm {Whole(scan.Take(scan.Digits()), "")}";
        }
        return said;
    }

    // 1.661 and 1.500.000: up to three digits, then threes.
    static int Grouped(Scan scan, int first, char between)
    {
        var length = first;
        if (first > 3 || scan[0] == '0')
            return length;
        while (scan[length] == between && scan.Digits(length + 1) == 3)
            length += 4;
        return length;
    }

    // 1,2,3 is a list.
    static int Decimals(Scan scan)
    {
        var digits = scan[0] == ',' ? scan.Digits(1) : 0;
        return scan[1 + digits] == ',' && char.IsAsciiDigit(scan[2 + digits]) || scan[-2] == ',' ? 0 : digits;
    }

    static string Whole(ReadOnlySpan<char> digits, string before)
    {
        if (before == "tháng" && digits.TrimStart('0') is "4")
            return "tư";
        if (before == "thứ" && digits is "1" or "4")
            return digits is "1" ? "nhất" : "tư";
        // 05 is how an office writes 5; 007 and 0123 are codes.
        var code = digits.Length > 1 && digits[0] == '0' && (digits.Length > 2 || digits[1] == '0');
        return code || digits.Length >= longestAmount ? Numerals.Digits(digits) : Numerals.Cardinal(digits);
    }

    static ReadOnlySpan<char> Plain(ReadOnlySpan<char> written) =>
        written.ToString().Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);

    static void ReadUnit(Scan scan, Speech speech)
    {
        var gap = scan[0] is ' ' or '\u00A0' ? 1 : 0;
        var length = Unit(scan, gap, out var said);
        // "5 k" and "5 s" are no words of anybody; "Điều 5 k" might be.
        if (length == 0 || (gap == 1 && scan.Peek(gap, length) is "k" or "s"))
            return;
        scan.Skip(gap + length);
        speech.Figure(said);
        if (scan[0] == '/' && Unit(scan, 1, out var each) is var second and > 0)
        {
            scan.Skip(1 + second);
            speech.Join("trên");
            speech.Figure(each);
        }
    }
}
