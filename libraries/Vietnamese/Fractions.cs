using System.Text;

namespace Loa.Vietnamese;

/// <summary>Reads shares and ratios: 1/2 viên, 3/4 diện tích, 8/11 xã, 120/80, tỷ lệ 1:10; and house numbers, 12/3/5.</summary>
static class Fractions
{
    /// <summary>Between the figures of ½ and its like, once they are taken apart.</summary>
    public const char Bar = '\u2044';

    const int mostParts = 5;

    public static bool Read(Scan scan, Speech speech)
    {
        if (!scan.NumberBegins)
            return false;
        var first = scan.Digits();
        var sign = scan[first];
        var second = Figures.Whole(scan, first + 1);
        var length = first + 1 + second;
        if (second == 0 || !(sign is '/' or Bar || (sign == ':' && speech.Before is "lệ")))
            return false;
        if (first > 4 || second > 9 || (scan[length] is '.' or ',' && char.IsAsciiDigit(scan[length + 1])))
            return false;
        var (part, whole) = (scan.Number(0, first), Figures.Value(scan, first + 1, second));
        var share = sign == Bar || (sign == '/' && scan[length] != '/' && IsShare(scan, speech, part, whole, length));
        if (share)
        {
            scan.Skip(length);
            speech.Figure($"{Numerals.Cardinal(part)} phần {(whole == 4 ? "tư" : Numerals.Cardinal(whole))}");
        }
        else
            SayParts(scan, speech, first);
        Units.Read(scan, speech);
        return true;
    }

    /// <summary>Whether 1/2 is a part of something, a score of points or a class at school, and no day.</summary>
    public static bool IsMeant(Scan scan, Speech speech, int part, int whole, int length)
    {
        if (Context.Dose.Contains(scan.NounAfter(length)))
            return true;
        if (
            Context.Day.Contains(speech.Before)
            || Context.Until.Contains(speech.Before)
            || Context.Feast.Contains(speech.Before)
        )
            return false;
        if (part == 24 && whole == 7 && !speech.GoesOn(FigureKind.Day))
            return true;
        var next = scan.NounAfter(length);
        return Context.Undated.Contains(speech.Before)
            || speech.GoesOn(FigureKind.Parts)
            || (part == whole && Context.Portion.Contains(next))
            || Context.Counted.Contains(next)
            || IsShare(scan, speech, part, whole, length);
    }

    static bool IsShare(Scan scan, Speech speech, int part, int whole, int length)
    {
        if (part >= whole || part == 0)
            return false;
        var next = scan.NounAfter(length);
        if (Context.Dose.Contains(next) || Context.About.Contains(speech.Before))
            return true;
        if (Context.Undated.Contains(speech.Before) && !Context.Share.Contains(speech.Before))
            return false;
        return Context.Portion.Contains(next)
            || Units.Follows(scan, length)
            || (Context.Share.Contains(speech.Before) && !Context.Counted.Contains(next))
            || (part == 1 && whole > 12);
    }

    static void SayParts(Scan scan, Speech speech, int first)
    {
        var weekdays = speech.Before == "thứ";
        // Round the clock is said so, though 24 by itself is not.
        var said = new StringBuilder(
            scan.Peek(0, first) is "24" ? "hai mươi bốn" : Numerals.Cardinal(scan.Peek(0, first))
        );
        scan.Skip(first);
        for (var part = 1; part < mostParts && scan[0] is '/' or ':' && char.IsAsciiDigit(scan[1]); part++)
        {
            scan.Skip(1);
            var digits = scan.Take(scan.Digits());
            // 2026/2027 is one year after the other.
            said.Append(
                    weekdays ? ", "
                    : digits.Length == 4 && first == 4 ? " đến "
                    : " trên "
                )
                .Append(
                    digits is "24" ? "hai mươi bốn"
                    : weekdays && digits is "4" ? "tư"
                    : Numerals.Cardinal(digits)
                );
        }
        speech.Figure(said.ToString(), FigureKind.Parts);
    }
}
