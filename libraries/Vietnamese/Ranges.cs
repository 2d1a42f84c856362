namespace Loa.Vietnamese;

/// <summary>Reads "5-10" as from the one to the other.</summary>
static class Ranges
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (!speech.AfterFigure)
            return false;
        var gap = scan[0] is ' ' ? 1 : 0;
        if (scan[gap] is not ('-' or '–' or '—'))
            return false;
        var next = gap + 1;
        if (gap == 1 && scan[next] == ' ')
            next++;
        var evenly = next == 2 * gap + 1;
        if (!evenly || !char.IsAsciiDigit(scan[next]) || IsCode(scan, gap, next))
            return false;
        scan.Skip(next);
        speech.Join("đến");
        return true;
    }

    // 12-34-56 is the number of something.
    static bool IsCode(Scan scan, int gap, int next)
    {
        var after = next + scan.Digits(next);
        if (gap == 0 && scan[after] == '-' && char.IsAsciiDigit(scan[after + 1]))
            return Dates.Length(scan, next) == 0;
        var back = 1;
        while (back < 20 && char.IsAsciiDigit(scan[-back]))
            back++;
        return gap == 0 && scan[-back] == '-' && char.IsAsciiDigit(scan[-back - 1]) && !IsIso(scan, back);
    }

    static bool IsIso(Scan scan, int back) => back == 5 && scan[-back - 3] == '-';
}
