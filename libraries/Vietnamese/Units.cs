namespace Loa.Vietnamese;

/// <summary>Reads the units behind a number: 5 km, 60 km/h, 2 triệu đ, 1m20, 30x40 cm.</summary>
static class Units
{
    // Glued to the number they are units; after a blank they may be anything.
    const string gluedOnly = "s|p|v|w|TB";

    public static void Read(Scan scan, Speech speech)
    {
        ReadScale(scan, speech);
        var gap = scan.Past(0);
        var length = At(scan, gap, speech, out var said);
        if (length == 0)
        {
            ReadTimes(scan, speech);
            return;
        }
        var position = scan[gap + length - 1] is 'N' or 'E' && said.StartsWith("độ", StringComparison.Ordinal);
        scan.Skip(gap + length);
        speech.Unit(said);
        if (position)
            speech.Kind = FigureKind.Position;
        ReadSide(scan, speech);
        ReadThousands(scan, speech);
        ReadRate(scan, speech);
        ReadTimes(scan, speech);
    }

    // 1tr5 is one million and five hundred thousand.
    static void ReadThousands(Scan scan, Speech speech)
    {
        var digits = scan.Digits();
        if (speech.UnitBefore != "triệu" || digits is 0 or > 3 || !scan.Edge(digits))
            return;
        speech.Unit($"{Numerals.Cardinal(scan.Take(digits).ToString().PadRight(3, '0'))} nghìn");
    }

    // 11°45'N: the side of the globe.
    static void ReadSide(Scan scan, Speech speech)
    {
        if (
            speech.UnitBefore is not ("độ" or "phút" or "giây")
            || !scan.Edge(1)
            || scan[-1] is not ('°' or '\'' or '"')
        )
            return;
        var side = scan[0] switch
        {
            'N' or 'B' => "vĩ Bắc",
            'E' or 'Đ' => "kinh Đông",
            _ => "",
        };
        if (side.Length == 0)
            return;
        scan.Skip(1);
        speech.Unit(side);
        speech.Kind = FigureKind.Position;
    }

    /// <summary>Says the unit after a stroke, if one stands there: "trên giờ".</summary>
    public static bool ReadRate(Scan scan, Speech speech)
    {
        var found = false;
        while (scan[0] == '/' && Rate(scan, 1, out var each) is var length and > 0)
        {
            scan.Skip(1 + length);
            speech.Join("trên");
            speech.Unit(each);
            found = true;
        }
        return found;
    }

    /// <summary>nghìn, triệu, tỷ belong to the number, and the unit comes after them.</summary>
    public static void ReadScale(Scan scan, Speech speech)
    {
        var gap = scan.Past(0);
        var letters = scan.Letters(gap);
        var word = scan.NounAfter(0);
        if (letters > 5 || !Context.Scale.Contains(word) || !scan.Edge(gap + letters))
            return;
        speech.Unit(scan.Take(gap + letters).TrimStart().ToString().ToLowerInvariant());
    }

    /// <summary>Km 887+200</summary>
    public static bool MetresFollow(Scan scan) =>
        scan[scan.Past(0)] == '+' && scan.Digits(Plus(scan)) == 3 && scan.Edge(Plus(scan) + 3);

    static int Plus(Scan scan) => scan.Past(scan.Past(0) + 1);

    public static void ReadMetres(Scan scan, Speech speech)
    {
        scan.Skip(Plus(scan));
        speech.Unit($"cộng {Numerals.Cardinal(scan.Take(3))} mét");
    }

    /// <summary>The length of a sign of money that stands before its amount, and how it is said.</summary>
    public static int Currency(Scan scan, int at, out string said)
    {
        said = "";
        var length = scan[at] is 'U' && scan[at + 1] is 'S' ? 3 : 1;
        if (scan[at + length - 1] is not ('$' or '€' or '£' or '¥'))
            return 0;
        said = WordList.Units[scan.Peek(at, length).ToString()];
        return length;
    }

    /// <summary>Whether a unit stands there, so that what is before it is an amount.</summary>
    public static bool Follows(Scan scan, int at) => Find(scan, scan.Past(at), out _) > 0 || FollowsScale(scan, at);

    public static bool FollowsScale(Scan scan, int at) =>
        Context.Scale.Contains(scan.NounAfter(at))
        || scan.NounAfter(at) is "đồng"
        || Find(scan, scan.Past(at), out _) > 0;

    /// <summary>Whether the number there is of another kind than the last one: "5V - 2A".</summary>
    public static bool Differ(Scan scan, Speech speech, int next)
    {
        var digits = scan.Run(next, letter => char.IsAsciiDigit(letter) || letter is ',' or '.');
        if (speech.UnitBefore == "vôn" && scan[next + digits] == 'A')
            return true;
        if (speech.UnitBefore.Length == 0 || Find(scan, scan.Past(next + digits), out var said) == 0)
            return false;
        var unit = said[(said.LastIndexOf(' ') + 1)..];
        if (speech.UnitBefore == "độ" && said.StartsWith("độ ", StringComparison.Ordinal))
            return false;
        return unit != speech.UnitBefore
            && !(Context.Measure.Contains(unit) && Context.Measure.Contains(speech.UnitBefore));
    }

    /// <summary>Whether a unit stands there, alone; its length and how it is said.</summary>
    public static int Find(Scan scan, int from, out string said)
    {
        var longest = Math.Min(WordList.Units.LongestKey, scan.Run(from, letter => letter > ' '));
        for (var length = longest; length > 0; length--)
        {
            if (!Ends(scan, from, length))
                continue;
            var written = scan.Peek(from, length);
            if (
                WordList.Units.TryFind(written, out said!)
                || (
                    length > 1
                    && written is not "TH"
                    && !IsName(written)
                    && WordList.AnyCaseUnits.TryFind(written, out said!)
                )
            )
                return length;
        }
        said = "";
        return 0;
    }

    // Mhz is a unit, Đồng the beginning of a name.
    static bool IsName(ReadOnlySpan<char> written) =>
        written.Length > 2 && char.IsUpper(written[0]) && char.IsLower(written[1]) && !Acronym.IsSpelled(written);

    // In 1m20 and 3p20s the next number follows at once.
    static bool Ends(Scan scan, int from, int length) =>
        scan.Edge(from + length)
        || !char.IsLetterOrDigit(scan[from + length - 1])
        || (
            char.IsAsciiDigit(scan[from + length])
            && scan.Letters(from) == length
            && char.IsLower(scan[from])
            && scan.Digits(from + length) < 4
        );

    static int At(Scan scan, int gap, Speech speech, out string said)
    {
        if (gap == 0 && scan[0] == 'A' && scan.Edge(1) && speech.Near(Context.Electric, 6))
        {
            said = "am pe";
            return 1;
        }
        if (Seconds(scan, gap, out said) is var sign and > 0)
            return sign;
        if (LetterUnits.Find(scan, gap, speech, out said) is var known and > 0)
            return known;
        var length = Find(scan, gap, out said);
        var written = scan.Peek(gap, length);
        // 500 k is money, 5 k rather a letter.
        if (gap == 1 && written is "k" or "K" && !char.IsAsciiDigit(scan[-2]))
            return 0;
        // "05 đ/c" are comrades.
        if (written is "đ" && scan.Peek(gap + 1, 2) is "/c" && scan.Edge(gap + 3))
            return 0;
        // "5K" is a slogan, and a run of five kilometres.
        if (
            written is "K"
            && scan.Back(char.IsAsciiDigit) == 1
            && scan.Edge(-2)
            && scan.Edge(1)
            && speech.Near(Context.Slogan, 4)
        )
            return 0;
        if (length == 0 || (gap == 1 && gluedOnly.Split('|').Contains(written.ToString())))
            return 0;
        if (gap == 0 && written is "m2" or "m3" && speech.Near(Context.Tall, 2))
        {
            said = "mét";
            return 1;
        }
        if (written is "N" or "E" && !(gap == 0 && speech.Decimal))
            return 0;
        return length;
    }

    // 30' and 12'30"
    static int Seconds(Scan scan, int gap, out string said)
    {
        var back = scan.Back(letter => char.IsAsciiDigit(letter) || letter is '.' or ',');
        said =
            scan[0] == '"' && (scan[-1 - back] == '\'' || char.IsAsciiDigit(scan[1])) ? "giây"
            : scan[0] == '\'' ? "phút"
            : "";
        return said.Length > 0 && gap == 0 && (!char.IsLetter(scan[1]) || IsSide(scan)) && !ClosesQuote(scan) ? 1 : 0;
    }

    static bool IsSide(Scan scan) => scan[1] is 'N' or 'B' or 'E' or 'Đ' && scan.Edge(2);

    // "thôn 5' after a quotation mark that was opened.
    static bool ClosesQuote(Scan scan)
    {
        var back = scan.Back(letter => letter is not ('\n' or '\0'));
        var before = scan.Peek(-back, back);
        return scan[0] == '\''
            && (Quotes(before) % 2 == 1 || before.StartsWith("'") || before.Contains(" '", StringComparison.Ordinal));
    }

    // In 11"45 the mark is of seconds.
    static int Quotes(ReadOnlySpan<char> text)
    {
        var marks = 0;
        for (var i = 0; i < text.Length; i++)
            marks +=
                text[i] == '"'
                && !(i > 0 && char.IsAsciiDigit(text[i - 1]) && (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
                    ? 1
                    : 0;
        return marks;
    }

    static int Rate(Scan scan, int at, out string said)
    {
        var length = Find(scan, at, out said);
        return
            length > 0
            || !char.IsUpper(scan[at])
            || !scan.Edge(at + 1)
            || !WordList.Units.TryFind(scan.Peek(at, 1).ToString().ToLowerInvariant(), out said!)
            ? length
            : 1;
    }

    // 30x40, 4 m x 6 m
    public static bool ReadTimes(Scan scan, Speech speech)
    {
        var gap = scan.Past(0);
        var next = scan.Past(gap + 1);
        if (
            speech.Kind == FigureKind.None
            || scan[gap] is not ('x' or 'X' or '×' or '*')
            || !char.IsAsciiDigit(scan[next])
        )
            return false;
        scan.Skip(next);
        speech.Join("nhân");
        return true;
    }
}
