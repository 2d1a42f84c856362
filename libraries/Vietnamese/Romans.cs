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
        if (!IsSign(scan[0]) || !scan.Edge(-1))
            return false;
        var length = scan.Letters();
        // IIa, IIIb
        if (
            length > 1
            && scan[length - 1] is >= 'a' and <= 'd'
            && char.IsUpper(scan[0])
            && Context.Roman.Contains(speech.Before)
        )
            length--;
        else if (!scan.Edge(length))
            return false;
        if (length > longest || !TryValue(scan.Peek(0, length), out var value))
            return false;
        if (!IsExpected(scan, speech, length, value))
            return false;
        var ordinal = speech.Before == "thứ";
        scan.Skip(length);
        speech.Figure(Said(value, ordinal), FigureKind.Roman);
        ReadYear(scan, speech);
        return true;
    }

    /// <summary>Whether a roman numeral stands there.</summary>
    public static bool Stands(Scan scan, int at)
    {
        var length = scan.Letters(at);
        return IsSign(scan[at])
            && length <= longest
            && scan.Edge(at + length)
            && TryValue(scan.Peek(at, length), out _);
    }

    // C, D, L and M by themselves and together are letters wherever they stand: khu C, hạng D.
    static bool IsExpected(Scan scan, Speech speech, int length, int value)
    {
        var numeral = scan.Peek(0, length);
        if (char.IsLower(numeral[0]))
            return length > 1
                && (
                    speech.Before is "kỷ" or "kỉ"
                    || (scan[length] is '.' or ')' && !Syllable.IsPossible(numeral))
                    || (Context.Roman.Contains(speech.Before) && !Syllable.IsPossible(numeral))
                );
        if (!numeral.ContainsAny('I', 'V', 'X'))
            return false;
        return Context.Roman.Contains(speech.Before)
            || speech.GoesOn(FigureKind.Roman)
            || IsHeading(scan, speech, length, value)
            || (value < 40 && length > 1 && !Syllable.IsPossible(numeral));
    }

    // X. at a line's head is the tenth only after the ninth; else it is a commune.
    static bool IsHeading(Scan scan, Speech speech, int length, int value)
    {
        if (!scan.LineBegins)
            return false;
        var mark = scan[length] is ' ' ? scan[length + 1] : scan[length];
        var heads =
            scan[length] is '.' or ')' or ':' || (scan[length] is '/' && scan[length + 1] == ' ') || mark is '-' or '–';
        if (!heads || (value == 10 && speech.LastHeading != 9))
            return false;
        speech.LastHeading = value;
        return true;
    }

    static bool IsSign(char letter) => char.ToUpperInvariant(letter) is 'I' or 'V' or 'X' or 'L' or 'C' or 'D' or 'M';

    static string Said(int value, bool ordinal) =>
        (ordinal, value) switch
        {
            (true, 1) => "nhất",
            (true, 4) => "tư",
            _ => Numerals.Cardinal(value),
        };

    // "quý III/2026", "mục IV.5"
    static void ReadYear(Scan scan, Speech speech)
    {
        if (scan[0] == '.' && char.IsAsciiDigit(scan[1]))
        {
            scan.Skip(1);
            speech.Join("chấm");
            return;
        }
        if (scan[0] is not ('/' or '-') || scan.Digits(1) != 4)
            return;
        scan.Skip(1);
        speech.Join("năm");
        speech.Figure(Numerals.Cardinal(scan.Take(4)));
    }

    // Only the one right way of writing a number counts: IIII and VX are words.
    static bool TryValue(ReadOnlySpan<char> written, out int value)
    {
        value = 0;
        var numeral = written.ToString().ToUpperInvariant();
        if (char.IsUpper(written[0]) != Acronym.AllCapitals(written))
            return false;
        var rest = numeral.AsSpan();
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
