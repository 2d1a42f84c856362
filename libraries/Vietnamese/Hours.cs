namespace Loa.Vietnamese;

/// <summary>Reads the time of day: 05:30, 17h, 17h30.</summary>
static class Hours
{
    public static bool Read(Scan scan, Speech speech)
    {
        var digits = scan.Digits();
        if (digits is 0 or > 2 || !scan.Edge(-1) || scan.Number(0, digits) > 24)
            return false;
        var length = scan[digits] == ':' ? Colon(scan, digits) : Letter(scan, digits);
        if (length == 0)
            return false;
        var seconds = scan[digits] == ':' && length > digits + 3;
        var minutes = length > digits + 1 ? scan.Number(digits + 1, 2) : 0;
        var said = $"{Numerals.Cardinal(scan.Number(0, digits))} giờ";
        if (minutes > 0 || seconds)
            said += $" {Numerals.Cardinal(minutes)} phút";
        if (seconds)
            said += $" {Numerals.Cardinal(scan.Number(digits + 4, 2))} giây";
        scan.Skip(length);
        SkipMinuteSign(scan, minutes);
        speech.Figure(said);
        return true;
    }

    static int Colon(Scan scan, int at)
    {
        if (!IsSixty(scan, at + 1))
            return 0;
        return scan[at + 3] == ':' && IsSixty(scan, at + 4) ? at + 6 : at + 3;
    }

    // With g, which is also the gram, only when minutes follow.
    static int Letter(Scan scan, int at)
    {
        if (scan[at] is not ('h' or 'H' or 'g'))
            return 0;
        if (IsSixty(scan, at + 1))
            return at + 3;
        return scan[at] != 'g' && scan.Edge(at + 1) ? at + 1 : 0;
    }

    static bool IsSixty(Scan scan, int at) => scan.Digits(at) == 2 && scan.Number(at, 2) < 60;

    // 17h30', 17h30p and 17h30 phút say the same.
    static void SkipMinuteSign(Scan scan, int minutes)
    {
        if (minutes == 0)
            return;
        var gap = scan[0] == ' ' ? 1 : 0;
        if (scan[0] is '\'' or '’' or '′')
            scan.Skip(1);
        else if (scan.Peek(gap, scan.Letters(gap)) is "p" or "ph" or "phút")
            scan.Skip(gap + scan.Letters(gap));
    }
}
