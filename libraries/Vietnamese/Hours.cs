namespace Loa.Vietnamese;

/// <summary>Reads the time of day: 05:30, 17h, 17h30, 8g sáng, 7:30 PM.</summary>
static class Hours
{
    public static bool Read(Scan scan, Speech speech)
    {
        var digits = scan.NumberBegins ? scan.Digits() : 0;
        if (digits is 0 or > 2 || scan.Number(0, digits) > 24 || speech.Before is "lệ")
            return false;
        var hour = scan.Number(0, digits);
        var length =
            scan[digits] == ':' || IsPointed(scan, digits)
                ? Colon(scan, digits, out var minutes, out var seconds)
                : Letter(scan, speech, digits, out minutes, out seconds);
        if (length == 0)
            return false;
        var said = $"{Numerals.Cardinal(hour)} giờ";
        if (minutes > 0 || seconds > 0)
            said += $" {Numerals.Cardinal(minutes)} phút";
        if (seconds > 0)
            said += $" {Numerals.Cardinal(seconds)} giây";
        scan.Skip(length);
        SkipMinuteSign(scan);
        speech.Figure(said + HalfOfDay(scan, hour), FigureKind.Hour);
        // 13h/06/7: the day follows.
        if (scan[0] == '/' && char.IsAsciiDigit(scan[1]))
        {
            scan.Skip(1);
            if (scan[scan.Digits()] is not ('/' or '-' or '.'))
                speech.Join("ngày");
        }
        return true;
    }

    static int Colon(Scan scan, int at, out int minutes, out int seconds)
    {
        (minutes, seconds) = (0, 0);
        if (!IsSixty(scan, at + 1, out minutes))
            return 0;
        var end = scan[at + 3] == ':' && IsSixty(scan, at + 4, out seconds) ? at + 6 : at + 3;
        return scan[end] is 'h' or 'H' && scan.Edge(end + 1) ? end + 1 : end;
    }

    // 7.30h
    static bool IsPointed(Scan scan, int at) =>
        scan[at] == '.' && scan.Digits(at + 1) == 2 && scan[at + 3] is 'h' && scan.Edge(at + 4);

    static int Letter(Scan scan, Speech speech, int digits, out int minutes, out int seconds)
    {
        (minutes, seconds) = (0, 0);
        var at = scan.Past(digits);
        if (scan.Peek(at, 5) is "giờ00" && scan.Edge(at + 5))
            return at + 5;
        if (scan.Stands(at, "giờ"))
            return scan.Peek(at, 6) is "giờ 00" && scan.Edge(at + 6) ? at + 6 : 0;
        if (
            scan[at] is not ('h' or 'H' or 'g' or 'G')
            || (at > digits && !(scan[at] == 'h' && (scan.Edge(at + 1) || scan.Digits(at + 1) == 2)))
        )
            return Half(scan, at);
        if (IsSixty(scan, at + 1, out minutes))
            return at + 3 + Seconds(scan, at + 3, out seconds);
        // 8h.30 and 7h:30
        if (scan[at + 1] is '.' or ':' && IsSixty(scan, at + 2, out minutes) && scan.Edge(at + 4))
            return at + 4;
        minutes = 0;
        if (!scan.Edge(at + 1) || (scan[at] is 'g' or 'G' && !IsClock(scan, speech, at + 1)))
            return 0;
        // 17 h 30, but not "17h 30 hộ".
        var late =
            scan[at + 1] == ' ' && IsSixty(scan, at + 2, out minutes) && scan.Edge(at + 4) && scan[at + 4] != '/';
        if (
            late
            && (
                scan[scan.Past(at + 4)] is '\''
                || scan.WordAfter(at + 4) is "" or "p" or "ph" or "phút"
                || Context.DayPart.Contains(scan.WordAfter(at + 4))
            )
        )
            return at + 4;
        minutes = 0;
        return at + 1;
    }

    // 08h00'00"
    static int Seconds(Scan scan, int at, out int seconds)
    {
        seconds = 0;
        var mark =
            scan[at] != '\'' || scan.Digits(at + 1) != 2 ? 0
            : scan[at + 3] == '"' ? 1
            : scan.Peek(at + 3, 2) is "''" ? 2
            : 0;
        return mark > 0 && IsSixty(scan, at + 1, out seconds) ? 3 + mark : 0;
    }

    // 7 AM, 5pm
    static int Half(Scan scan, int at) => scan.Stands(at, "AM") || scan.Stands(at, "PM") ? at : 0;

    // g is also the gram.
    static bool IsClock(Scan scan, Speech speech, int after) =>
        Context.Clock.Contains(speech.Before)
        || speech.GoesOn(FigureKind.Hour)
        || (scan[after] is '\0' or '\n' or '.' or ',' or ';' or ')' && speech.Near(Context.DayPart, 3))
        || IsRange(scan, after)
        || Context.DayPart.Contains(scan.WordAfter(after));

    // 6g-7g
    static bool IsRange(Scan scan, int after)
    {
        var next = scan.Past(scan.Past(after) + 1);
        var digits = scan.Digits(next);
        return scan[scan.Past(after)] is '-' or '–' && digits is 1 or 2 && scan[next + digits] == 'g';
    }

    static bool IsSixty(Scan scan, int at, out int number)
    {
        number = scan.Number(at, 2);
        return scan.Digits(at) == 2 && number < 60;
    }

    // 17h30', 17h30p and 17h30 phút say the same.
    static void SkipMinuteSign(Scan scan)
    {
        if (!char.IsAsciiDigit(scan[-1]))
            return;
        var gap = scan.Past(0);
        if (scan[0] is '\'')
            scan.Skip(1);
        else if (scan.Peek(gap, scan.Letters(gap)) is "p" or "ph" or "phút")
            scan.Skip(gap + scan.Letters(gap));
    }

    static string HalfOfDay(Scan scan, int hour)
    {
        var gap = scan.Past(0);
        var (morning, evening) = (scan.Stands(gap, "AM"), scan.Stands(gap, "PM"));
        if (!morning && !evening)
            return "";
        scan.Skip(gap + 2);
        return hour switch
        {
            _ when morning => " sáng",
            12 => " trưa",
            < 6 => " chiều",
            _ => " tối",
        };
    }
}
