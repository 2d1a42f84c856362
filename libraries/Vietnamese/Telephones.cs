using System.Text;

namespace Loa.Vietnamese;

/// <summary>Reads telephone numbers digit by digit, with a pause where a writer would leave a gap.</summary>
static class Telephones
{
    // As "+84 (0) 271 3 879 115".
    const int longest = 24;
    const int mostDigits = 13;

    public static bool Read(Scan scan, Speech speech)
    {
        if (!(scan[0] is '(' or '+' || scan.NumberBegins))
            return false;
        var length = Length(scan, speech, out var spoken);
        if (length == 0)
            return false;
        scan.Skip(length);
        speech.Figure(spoken, FigureKind.Dialled);
        return true;
    }

    // Walks over groups of digits and stops where they make a number that can be dialled.
    static int Length(Scan scan, Speech speech, out string spoken)
    {
        var digits = new StringBuilder();
        var groups = new List<string>();
        var (best, between, mixed, plus) = (0, '\0', false, false);
        spoken = "";
        for (var at = 0; at < longest && digits.Length <= mostDigits; )
        {
            var gap = scan.Run(at, letter => letter is ' ' or '.' or '-' or '(' or ')' or '+');
            if (gap > 3 || (gap > 0 && digits.Length == 0 && scan[at] is not ('(' or '+')))
                break;
            plus |= digits.Length == 0 && scan.Peek(at, gap).Contains('+');
            if (digits.Length > 0 && gap > 0)
                (mixed, between) = (mixed || (between != '\0' && scan[at] != between), scan[at]);
            at += gap;
            var group = scan.Digits(at);
            if (group == 0)
                break;
            groups.Add(scan.Peek(at, group).ToString());
            digits.Append(groups[^1]);
            at += group;
            var whole = groups[0].Length >= 3 || plus || !mixed;
            if (!whole || !scan.Edge(at) || !IsNumber(digits.ToString(), plus, scan, speech, at, groups.Count))
                continue;
            best = scan[at] == ')' && scan.Peek(0, at).Contains('(') && !scan.Peek(0, at).Contains(')') ? at + 1 : at;
            spoken = (plus ? "cộng " : "") + Said(groups);
            if (digits[0] == '0' && digits.Length == Wanted(digits.ToString()))
                break;
        }
        return best;
    }

    static int Wanted(string digits) => digits[1] == '2' ? 11 : 10;

    static bool IsNumber(string digits, bool plus, Scan scan, Speech speech, int end, int groups)
    {
        if (plus)
            return digits.StartsWith("84", StringComparison.Ordinal) && digits.Length is >= 11 and <= 13;
        if (digits[0] == '0')
            return digits.Length is 10 or 11 && digits[1] != '0';
        if (digits.StartsWith("1800", StringComparison.Ordinal) || digits.StartsWith("1900", StringComparison.Ordinal))
            return digits.Length is 8 or 10 || (digits.Length == 4 && speech.Near(Context.Switchboard, 2));
        if (digits.Length is >= 6 and <= 8)
            return speech.Near(Context.Dialled, 3) && !Units.Follows(scan, end);
        return groups == 1 && digits.Length is >= 3 and <= 5 && IsShort(digits, scan, speech, end);
    }

    // 113, 115, 1022: after what is dialled, or in a list that begins with one.
    static bool IsShort(string digits, Scan scan, Speech speech, int end)
    {
        var hotline = digits is ['1', '1', _] or "156" or ['1', '0', '2' or '8' or '9', _];
        var goesOn = scan[end] is '/' or '-' or '.' or ',' && char.IsAsciiDigit(scan[end + 1]);
        if (goesOn && !(hotline && scan.Digits(end + 1) == digits.Length))
            return false;
        if (Units.Follows(scan, end) || (scan[end] == '/' && !goesOn))
            return false;
        if (speech.Near(Context.Switchboard, 2))
            return true;
        var next = scan.NounAfter(end);
        if (Context.Counted.Contains(next) || Context.Measure.Contains(next))
            return false;
        if (speech.Near(Context.Dialled, 2))
            return hotline || digits.Length > 3;
        if (speech.Before == "gửi")
            return digits.Length == 4 && next.Length == 0;
        return hotline
            && (
                speech.GoesOn(FigureKind.Dialled)
                || speech.Near(Context.Switchboard, 5)
                || BeginsList(scan, end)
                || speech.Near(Context.Hotline, 2)
                || (speech.Before == "số" && speech.Ago(2) is "" or "các" && next is not ("đường" or "phố" or "ngày"))
                || digits == "1022"
            );
    }

    // 113, 114, 115
    static bool BeginsList(Scan scan, int end)
    {
        var next = scan.Past(end + 1);
        return scan[end] == ',' && scan.Peek(next, 2) is "11" && scan.Digits(next) == 3;
    }

    static string Said(List<string> groups)
    {
        var said = new StringBuilder();
        foreach (var written in groups)
        {
            var group = written.AsSpan();
            while (!group.IsEmpty)
            {
                // 0912 345 678: four, then threes, and never a single one left over.
                var take = group.Length switch
                {
                    <= 5 => group.Length,
                    8 or 10 or 11 => 4,
                    _ => 3,
                };
                said.Append(said.Length > 0 ? ", " : "").Append(Numerals.Digits(group[..take]));
                group = group[take..];
            }
        }
        return said.ToString();
    }

    /// <summary>A long row of digits, with pauses.</summary>
    public static string Said(string digits) => Said([digits]);
}
