namespace Loa.Vietnamese;

/// <summary>Reads the score of a match: "thắng 3-2", "Lộc An 2-1 Lộc Ninh".</summary>
static class Scores
{
    const int mostGoals = 20;

    public static bool Read(Scan scan, Speech speech)
    {
        var first = scan.Digits();
        if (first is 0 or > 2 || !scan.Edge(-1))
            return false;
        var sign = scan.Past(first);
        var second = scan.Past(sign + 1);
        var length = second + scan.Digits(second);
        if (scan[sign] is not ('-' or '–' or ':') || length - second is 0 or > 2 || !scan.Edge(length))
            return false;
        if (
            scan[length] is '/' or '-' or ':' or '%'
            || (scan[length] is ',' or '.' && char.IsAsciiDigit(scan[length + 1]))
        )
            return false;
        if (
            Units.Follows(scan, length)
            || Context.Measure.Contains(scan.NounAfter(length))
            || Context.Counted.Contains(scan.NounAfter(length))
        )
            return false;
        var (ours, theirs) = (scan.Number(0, first), scan.Number(second, length - second));
        var known =
            scan.WordAfter(length) is "nghiêng"
            || IsHalfTime(scan, length)
            || speech.GoesOn(FigureKind.Score)
            || speech.Near(Context.Scored, 4)
            || (IsOver(scan, length) && ours <= mostGoals && theirs <= mostGoals && speech.Near(Context.Scored, 8));
        if (!known && (scan[sign] == ':' || !IsBetweenTeams(scan, speech, length, ours, theirs)))
            return false;
        scan.Skip(length);
        speech.Figure($"{Numerals.Cardinal(ours)} {Numerals.Cardinal(theirs)}", FigureKind.Score);
        return true;
    }

    // 2-1 (1-0)
    static bool IsHalfTime(Scan scan, int length)
    {
        var open = scan.Past(length);
        var dash = open + 1 + scan.Digits(open + 1);
        var close = dash + 1 + scan.Digits(dash + 1);
        return scan[open] == '('
            && dash > open + 1
            && scan[dash] is '-' or '–'
            && close > dash + 1
            && scan[close] == ')';
    }

    // "thắng U23 Thái Lan 3-1 (hiệp phụ 1-0)"
    static bool IsOver(Scan scan, int length) =>
        scan[scan.Past(length)] is '\0' or '\n' or '.' or ',' or ';' or '(' or ')' or '!';

    static bool IsBetweenTeams(Scan scan, Speech speech, int length, int ours, int theirs) =>
        ours <= mostGoals
        && theirs <= mostGoals
        && speech.Written.Length > 0
        && char.IsUpper(speech.Written[0])
        && !Context.Named.Contains(speech.Before)
        && !Context.Roman.Contains(speech.Before)
        && (
            // Nobody counts backwards.
            (ours >= theirs && IsOver(scan, length))
            || scan[length] == ' '
                && char.IsUpper(scan[length + 1])
                && (char.IsLower(scan[length + 2]) || scan[length + 1] == 'U')
        );
}
