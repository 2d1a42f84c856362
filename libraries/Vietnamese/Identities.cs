using System.Text;

namespace Loa.Vietnamese;

/// <summary>Reads the numbers of accounts, cards, taxes, one-time codes and plates digit by digit.</summary>
static class Identities
{
    const int longest = 40;

    public static bool Read(Scan scan, Speech speech) =>
        (char.IsAsciiDigit(scan[0]) || IsLarge(scan[0]) || scan[0] == '*')
        && scan.Edge(-1)
        && (ReadPlate(scan, speech) || ReadVessel(scan, speech) || ReadKeys(scan, speech) || ReadNumber(scan, speech));

    // 93A-123.45, 93-B1 123.45, 61C1-2345
    static bool ReadPlate(Scan scan, Speech speech)
    {
        if (scan.Digits() != 2)
            return false;
        var letter = scan[2] is '-' or ' ' ? 3 : 2;
        var series = letter + scan.Run(letter, IsLarge);
        if (series - letter is 0 or > 2)
            return false;
        var mark = series;
        if (char.IsAsciiDigit(scan[mark]) && scan[mark + 1] is '-' or ' ' or '.')
            mark++;
        if (scan[mark] is not ('-' or ' ' or '.'))
            return false;
        var number = scan[mark] == ' ' && scan[mark + 1] == '-' ? scan.Past(mark + 2) : scan.Past(mark + 1);
        var digits = scan.Digits(number);
        var end = digits == 3 && scan[number + 3] == '.' && scan.Digits(number + 4) == 2 ? number + 6 : number + digits;
        if (!scan.Edge(end) || !(digits is 4 or 5 || end == number + 6))
            return false;
        if (letter == 3 && scan[2] == ' ' && !speech.Near(Context.Identity, 4))
            return false;
        Say(speech, scan.Take(end), pointed: false);
        return true;
    }

    static bool IsLarge(char letter) => char.IsAsciiLetterUpper(letter) || letter == 'Đ';

    // BĐ 96789 TS, KG-12345-TS
    static bool ReadVessel(Scan scan, Speech speech)
    {
        var letters = scan.Run(0, IsLarge);
        var digits = scan.Digits(letters + 1);
        var end = letters + digits + 4;
        if (letters is 0 or > 3 || digits is not (4 or 5) || scan[letters] is not (' ' or '-'))
            return false;
        if (scan[letters + 1 + digits] is not (' ' or '-') || scan.Peek(end - 2, 2) is not "TS" || !scan.Edge(end))
            return false;
        Say(speech, scan.Take(end), pointed: false);
        return true;
    }

    // *101#
    static bool ReadKeys(Scan scan, Speech speech)
    {
        var end = scan[0] == '*' ? scan.Run(1, letter => char.IsAsciiDigit(letter) || letter == '*') + 1 : 0;
        if (end < 2 || scan[end] != '#')
            return false;
        var said = new StringBuilder();
        foreach (var sign in scan.Take(end + 1))
            said.Append(said.Length > 0 ? " " : "")
                .Append(
                    sign is '*' ? "sao"
                    : sign is '#' ? "thăng"
                    : Numerals.Digits([sign])
                );
        speech.Figure(said.ToString(), FigureKind.Dialled);
        return true;
    }

    static bool ReadNumber(Scan scan, Speech speech)
    {
        var letters = scan.Run(0, char.IsAsciiLetterUpper);
        // AB 123456 is the number of a paper.
        var known = WordList.Abbreviations.TryFind(scan.Peek(0, letters), out _);
        var series = !known && letters is 1 or 2 && scan.Digits(scan.Past(letters)) is >= 6 and <= 8;
        var numbered = (scan[-1] == '#' || IsMasked(scan)) && scan.Digits() >= 3;
        if (!series && !numbered && !speech.Near(Context.Identity, 6))
            return false;
        if (letters > 0 && !series && !char.IsAsciiDigit(scan[letters]) && !Context.Series.Contains(speech.Before))
            return false;
        var length = Chain(scan);
        var written = scan.Peek(0, length);
        var digits = 0;
        foreach (var letter in written)
            digits += char.IsAsciiDigit(letter) ? 1 : 0;
        if (
            digits < 3
            || Units.Follows(scan, length)
            || scan[length] == '/'
            || Context.Counted.Contains(scan.NounAfter(length))
        )
            return false;
        // A year, as in 12/HĐ-2026.
        if (digits == 4 && length == 4 && scan[-1] == '-')
            return false;
        if (!series && !numbered && digits < 8 && (!IsClose(speech) || IsAmount(written)))
            return false;
        Say(speech, scan.Take(length), pointed: written.ContainsAnyInRange('A', 'Z'));
        return true;
    }

    // **** 1234
    static bool IsMasked(Scan scan)
    {
        var before = scan[-1] == ' ' ? -2 : -1;
        var after = scan.Past(scan.Digits());
        return (scan[before] == '*' && scan[before - 1] == '*') || (scan[after] == '*' && scan[after + 1] == '*');
    }

    // Groups joined by one sign; after a blank only a group of digits, else the next word would be taken in.
    static int Chain(Scan scan)
    {
        var length = scan.Run(0, IsPart);
        while (length < longest)
        {
            var group = scan.Run(length + 1, IsPart);
            var digits = scan.Digits(length + 1);
            var joined = scan[length] is '-' or '.' ? group > 0 : scan[length] == ' ' && digits >= 2 && digits == group;
            if (!joined)
                break;
            length += 1 + group;
        }
        return length;
    }

    static bool IsPart(char letter) => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter);

    // 1.500 may be so many of something.
    static bool IsAmount(ReadOnlySpan<char> written) =>
        written.Contains('.') && written.IndexOf('.') <= 3 && written.Length - written.LastIndexOf('.') == 4;

    // "mã OTP của bạn là 482913": nothing but little words between.
    static bool IsClose(Speech speech)
    {
        for (var back = 1; back <= 5; back++)
        {
            var word = speech.Ago(back);
            if (Context.Identity.Contains(word) || Context.Identity.Contains($"{speech.Ago(back + 1)} {word}"))
                return true;
            if (!Context.Filler.Contains(word))
                return false;
        }
        return false;
    }

    // The points of a plate are not said, those of a code are.
    static void Say(Speech speech, ReadOnlySpan<char> written, bool pointed)
    {
        var said = new StringBuilder();
        while (!written.IsEmpty)
        {
            var digits = written.IndexOfAnyExceptInRange('0', '9');
            var group = digits < 0 ? written : written[..digits];
            var sign = !group.IsEmpty
                ? ""
                : written[0] switch
                {
                    '.' => pointed ? "chấm" : "",
                    '-' or ' ' => "",
                    _ => Acronym.Spell(written[..1]),
                };
            var spoken = group.IsEmpty ? sign : Telephones.Said(group.ToString());
            said.Append(said.Length > 0 && spoken.Length > 0 ? " " : "").Append(spoken);
            written = written[Math.Max(1, group.Length)..];
        }
        speech.Figure(said.ToString(), FigureKind.Dialled);
    }
}
