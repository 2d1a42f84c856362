namespace Loa.Vietnamese;

/// <summary>Reads roman numerals where numbers are expected: "quý IV", "Đại hội XIII".</summary>
static class Romans
{
    const int longest = 9;

    static readonly (string Sign, int Value)[] signs =
    [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];

    public static bool Read(Scan scan, Speech speech)
    {
        if (scan[0] is not ('I' or 'V' or 'X' or 'L' or 'C' or 'D' or 'M') || !scan.Edge(-1))
            return false;
        var length = scan.Letters();
        var expected = Context.Roman.Contains(speech.Before) || IsHeading(scan, length);
        if (!expected || length > longest || !scan.Edge(length))
            return false;
        if (!TryValue(scan.Peek(0, length), out var value))
            return false;
        var ordinal = speech.Before == "thứ";
        scan.Skip(length);
        speech.Figure(Said(value, ordinal));
        ReadSecond(scan, speech);
        return true;
    }

    static bool IsHeading(Scan scan, int length) => scan[length] is '.' or ')' && scan.LineBegins;

    static string Said(int value, bool ordinal) =>
        (ordinal, value) switch
        {
            (true, 1) => "nhất",
            (true, 4) => "tư",
            _ => Numerals.Cardinal(value),
        };

    // "quý III/2026", "chương I-II"
    static void ReadSecond(Scan scan, Speech speech)
    {
        if (scan[0] == '/' && scan.Digits(1) == 4)
        {
            scan.Skip(1);
            speech.Join("năm");
            speech.Figure(Numerals.Cardinal(scan.Take(4)));
        }
        else if (scan[0] is '-' or '–')
        {
            var length = scan.Letters(1);
            if (length > longest || !scan.Edge(1 + length) || !TryValue(scan.Peek(1, length), out var value))
                return;
            scan.Skip(1 + length);
            speech.Join("đến");
            speech.Figure(Numerals.Cardinal(value));
        }
    }

    // Only the one right way of writing a number counts: IIII and VX are words.
    static bool TryValue(ReadOnlySpan<char> numeral, out int value)
    {
        value = 0;
        var rest = numeral;
        foreach (var (sign, worth) in signs)
        {
            var most = sign.Length == 2 || worth is 5 or 50 or 500 ? 1 : 3;
            for (var i = 0; i < most && rest.StartsWith(sign, StringComparison.Ordinal); i++)
            {
                rest = rest[sign.Length..];
                value += worth;
            }
        }
        return rest.IsEmpty && value > 0;
    }
}
