namespace Loa.Vietnamese;

/// <summary>Reads all other numbers: 1.661, 3,5, 007, −5 °C, 500.000đ.</summary>
static class Figures
{
    // Longer rows of digits are the numbers of accounts and cards.
    const int longestAmount = 9;

    // 2.0, 1.2.3, 192.168.1.1
    const int mostParts = 4;

    public static bool Read(Scan scan, Speech speech)
    {
        var sign = IsNegative(scan, speech) ? scan.Past(1) : 0;
        var currency = Units.Currency(scan, sign, out var money);
        if (!char.IsAsciiDigit(scan[sign + currency]))
            return false;
        scan.Skip(sign + currency);
        var kind =
            IsMonth(speech) ? FigureKind.Month
            : char.IsUpper(scan[-1]) && speech.Spelled ? FigureKind.Spelled
            : FigureKind.Number;
        var thousandths = speech.EndsWith("ki lô mét");
        var said = IsCode(scan, kind)
            ? Telephones.Said(scan.Take(scan.Digits()).ToString())
            : Number(scan, speech, money.Length > 0);
        speech.Figure((sign > 0 ? "âm " : "") + said, kind);
        if (money.Length > 0)
            Units.ReadScale(scan, speech);
        if (money.Length > 0)
            speech.Unit(money);
        else if (thousandths && Units.MetresFollow(scan))
            Units.ReadMetres(scan, speech);
        else
            Units.Read(scan, speech);
        return true;
    }

    // OM5451: the number of a kind of rice counts nothing.
    static bool IsCode(Scan scan, FigureKind kind)
    {
        var digits = scan.Digits();
        return kind == FigureKind.Spelled
            && digits >= 4
            && scan.Edge(digits)
            && !(scan[digits] is '.' or ',' && char.IsAsciiDigit(scan[digits + 1]));
    }

    // A dash before a number at a line's head is rather the mark of a list.
    static bool IsNegative(Scan scan, Speech speech)
    {
        var end = scan.Past(1);
        if (scan[0] is not ('-' or '–') || speech.AfterFigure || !char.IsAsciiDigit(scan[end]))
            return false;
        end += scan.Run(end, letter => char.IsAsciiDigit(letter) || letter is ',' or '.');
        var below = scan[scan.Past(end)] is '°' or '%';
        if (scan[1] == ' ')
            return below && Context.Below.Contains(speech.Before);
        return below || scan[-1] is ' ' or '(' or ':' or '\t' || (scan.LineBegins && scan[end] is '\n' or '\0');
    }

    static string Number(Scan scan, Speech speech, bool money)
    {
        var first = scan.Digits();
        var listed = scan[-1] == ',' || Context.Named.Contains(speech.Ago(1)) || IsMonth(speech);
        if (Grouped(scan, first, '.') is var dotted && dotted > first)
            return Decimals(scan, ',', dotted);
        if (
            !listed
            && Grouped(scan, first, ',') is var english
            && english > first
            && (money || english > first + 4 || scan[english] == '.' && scan.Digits(english + 1) is 1 or 2)
        )
            return Decimals(scan, '.', english);
        if (
            Grouped(scan, first, ' ') is var blank
            && blank > first
            && (blank > first + 4 || !Context.Named.Contains(speech.Ago(1)))
        )
            return Decimals(scan, ',', blank);
        if (IsDecimal(scan, first, listed))
            return Decimals(scan, ',', first);
        if (
            scan[first] == '.'
            && scan.Digits(first + 1) is var after and > 0 and < 3
            && scan[first + 1 + after] != '.'
            && (
                scan[0] == '0'
                || Units.FollowsScale(scan, first + 1 + after)
                || Context.Measure.Contains(scan.NounAfter(first + 1 + after))
            )
        )
            return Decimals(scan, '.', first);
        var said = Whole(scan, speech, first);
        for (var part = 0; part < mostParts && scan[0] == '.' && char.IsAsciiDigit(scan[1]); part++)
        {
            scan.Skip(1);
            var digits = scan.Take(scan.Digits());
            said += $" chấm {(digits[0] == '0' ? Numerals.Digits(digits) : Said(digits))}";
        }
        return said;
    }

    /// <summary>The length of a whole number with or without its thousands apart.</summary>
    public static int Whole(Scan scan, int at)
    {
        var length = scan.Digits(at);
        while (length is > 0 and < 12 && scan[at + length] == '.' && scan.Digits(at + length + 1) == 3)
            length += 4;
        return length;
    }

    public static int Value(Scan scan, int at, int length)
    {
        var value = 0;
        for (var i = at; i < at + length; i++)
            value = scan[i] == '.' ? value : unchecked(value * 10 + (scan[i] - '0'));
        return value;
    }

    // 1.661 and 1.500.000: up to three digits, then threes; but 192.168.1.1 is an address.
    static int Grouped(Scan scan, int first, char between)
    {
        var length = first;
        if (first > 3 || scan[0] == '0')
            return length;
        while (scan[length] == between && scan.Digits(length + 1) == 3)
            length += 4;
        return
            scan[length] == between && between != ' ' && char.IsAsciiDigit(scan[length + 1])
            || char.IsAsciiDigit(scan[length])
            ? first
            : length;
    }

    static string Decimals(Scan scan, char point, int whole)
    {
        var said = Numerals.Cardinal(Plain(scan.Take(whole)));
        var digits = scan[0] == point ? scan.Digits(1) : 0;
        if (digits == 0)
            return said;
        scan.Skip(1);
        return $"{said} phẩy {Numerals.Decimals(scan.Take(digits))}";
    }

    // 1,2,3 is a list, and so is "thôn 2,3".
    static bool IsDecimal(Scan scan, int first, bool listed)
    {
        var digits = scan[first] == ',' ? scan.Digits(first + 1) : 0;
        var end = first + 1 + digits;
        if (listed && (scan[end] == '%' || (scan[-1] != ',' && Units.Find(scan, scan.Past(end), out _) > 0)))
            listed = false;
        return digits > 0 && !listed && !(scan[end] == ',' && char.IsAsciiDigit(scan[end + 1]));
    }

    static string Whole(Scan scan, Speech speech, int length)
    {
        var digits = scan.Take(length);
        if (IsMonth(speech) && digits.TrimStart('0') is "4")
            return "tư";
        if (speech.Before == "thứ" && digits is "1")
            return "nhất";
        if (length >= longestAmount && !Units.FollowsScale(scan, 0))
            return Telephones.Said(digits.ToString());
        return Said(digits);
    }

    static bool IsMonth(Speech speech) => speech.Before is "tháng" or "thứ" or "ngã" || speech.GoesOn(FigureKind.Month);

    // 05 is how an office writes 5; 007 and 0123 are codes.
    static string Said(ReadOnlySpan<char> digits)
    {
        var code = digits.Length > 1 && digits[0] == '0' && (digits.Length > 2 || digits[1] == '0');
        return code ? Numerals.Digits(digits) : Numerals.Cardinal(digits);
    }

    static ReadOnlySpan<char> Plain(ReadOnlySpan<char> written)
    {
        var digits = new char[written.Length];
        var length = 0;
        foreach (var letter in written)
        {
            if (char.IsAsciiDigit(letter))
                digits[length++] = letter;
        }
        return digits.AsSpan(0, length);
    }
}
