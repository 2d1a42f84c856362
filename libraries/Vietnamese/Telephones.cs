using System.Text;

namespace Loa.Vietnamese;

/// <summary>Reads telephone numbers digit by digit, with a pause where a writer would leave a gap.</summary>
static class Telephones
{
    public static bool Read(Scan scan, Speech speech)
    {
        var plus = scan[0] == '+' ? 1 : 0;
        if (!char.IsAsciiDigit(scan[plus]) || !scan.Edge(-1))
            return false;
        var length = Length(scan, plus, speech.Before);
        if (length == 0)
            return false;
        speech.Figure((plus == 1 ? "cộng " : "") + Said(scan.Take(plus + length)[plus..]));
        return true;
    }

    static int Length(Scan scan, int from, string before)
    {
        if (from == 1)
            return scan.Peek(1, 2) is "84" ? Grouped(scan, from, 11, " .-") : 0;
        if (scan[0] == '0')
            return Grouped(scan, 0, scan[1] == '2' ? 11 : 10, " .-");
        if (scan.Peek(0, 4) is "1800" or "1900")
            return Math.Max(Grouped(scan, 0, 10, " ."), Grouped(scan, 0, 8, " ."));
        var digits = scan.Digits();
        var isShort = digits == 3 && scan[0] == '1' && scan[1] == '1';
        return Context.Dialled.Contains(before) && (isShort || digits is >= 6 and <= 11) ? digits : 0;
    }

    // The length of just so many digits, in groups with one sign between them.
    static int Grouped(Scan scan, int from, int wanted, string between)
    {
        var (at, found) = (from, 0);
        while (char.IsAsciiDigit(scan[at]))
        {
            var digits = scan.Digits(at);
            found += digits;
            at += digits;
            if (found >= wanted)
                return found == wanted ? at - from : 0;
            if (digits < 2 || !between.Contains(scan[at], StringComparison.Ordinal))
                return 0;
            at++;
        }
        return 0;
    }

    static string Said(ReadOnlySpan<char> written)
    {
        var said = new StringBuilder();
        while (!written.IsEmpty)
        {
            var gap = written.IndexOfAny(" .-");
            var group = gap < 0 ? written : written[..gap];
            written = gap < 0 ? default : written[(gap + 1)..];
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
}
