namespace Loa.Vietnamese;

/// <summary>Reads "5-10" as from the one to the other, and the dash between two telephone numbers as a pause.</summary>
static class Ranges
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (speech.SinceFigure > 2 && speech.Ago(2) is not ("thứ" or "từ"))
            return false;
        var gap = scan[0] is ' ' ? 1 : 0;
        if (!IsDash(scan[gap]))
            return false;
        var next = scan.Past(gap + 1);
        if (!speech.AfterFigure)
            return Again(scan, speech, next) && Join(scan, speech, next);
        var digit = char.IsAsciiDigit(scan[next]);
        return speech.Kind switch
        {
            FigureKind.Dialled when digit => Part(scan, speech, next),
            FigureKind.Position or FigureKind.Dialled => false,
            _ when LeadsAgain(scan, speech, next) => Join(scan, speech, next),
            FigureKind.Roman => Romans.Stands(scan, next) && Join(scan, speech, next),
            _ when Units.Differ(scan, speech, next) => Part(scan, speech, next),
            _ when scan[gap] == '→' && digit => Join(scan, speech, next),
            FigureKind.Spelled => digit && gap == 0 && Skip(scan, next),
            FigureKind.Number when digit && gap == 1 && (Falls(scan, speech, next) || Counts(scan, speech, next)) =>
                Part(scan, speech, next),
            _ => digit && !IsCode(scan, gap, next) && Join(scan, speech, next),
        };
    }

    static bool IsDash(char sign) => sign is '-' or '–' or '—' or '→' or '÷' or '~' or '∼';

    static bool Join(Scan scan, Speech speech, int next)
    {
        scan.Skip(next);
        speech.Join("đến");
        return true;
    }

    static bool Part(Scan scan, Speech speech, int next)
    {
        scan.Skip(next);
        speech.Pause(',');
        return true;
    }

    static bool Skip(Scan scan, int next)
    {
        scan.Skip(next);
        return true;
    }

    // Km5 - Km7, thứ 2 - thứ 6, quý I - quý II; and from Monday on to CN, the Sunday.
    static bool LeadsAgain(Scan scan, Speech speech, int next)
    {
        var lead = speech.Lead;
        if (lead is "thứ" or "T" && (scan.Stands(next, "CN") || scan.Stands(next, "chủ nhật")))
            return true;
        if (lead.Length == 0 || !scan.Peek(next, lead.Length).Equals(lead, StringComparison.OrdinalIgnoreCase))
            return false;
        var after = next + lead.Length;
        if (scan[after] == '.')
            after++;
        after = scan.Past(after);
        return char.IsAsciiDigit(scan[after]) || (after > next + lead.Length && Romans.Stands(scan, after));
    }

    // 6 giờ-8 giờ, 500 nghìn - 1 triệu; thứ hai - thứ sáu.
    static bool Again(Scan scan, Speech speech, int next)
    {
        // "từ nay - 30/11", "26 tháng Chạp - mùng 10"
        if (speech.EndsWith("từ nay") && char.IsAsciiDigit(scan[next]))
            return true;
        if (speech.SinceFigure <= 2 && (scan.Stands(next, "mùng") || scan.Stands(next, "mồng")))
            return true;
        if (
            speech.Ago(2) == "thứ"
            && (scan.Stands(next, "thứ") || scan.Stands(next, "chủ nhật") || scan.Stands(next, "CN"))
        )
            return true;
        if (
            (speech.Kind == FigureKind.Hour || speech.UnitBefore == "giờ")
            && speech.SinceFigure == 1
            && Context.DayPart.Contains(speech.Before)
        )
            return char.IsAsciiDigit(scan[next]);
        if (!char.IsAsciiDigit(scan[next]) || !Context.Measure.Contains(speech.Before) || speech.SinceFigure > 2)
            return false;
        var digits = scan.Run(next, letter => char.IsAsciiDigit(letter) || letter is ',' or '.');
        var unit = scan.NounAfter(next + digits);
        return unit == speech.Before
            || (speech.SinceFigure == 2 && unit == speech.Ago(2))
            || (Context.Scale.Contains(unit) && Context.Scale.Contains(speech.Before));
    }

    // "Lộc Thành 5 – 3 x 25": nobody counts backwards, but for days.
    static bool Falls(Scan scan, Speech speech, int next)
    {
        var back = scan.Back(char.IsAsciiDigit);
        var digits = scan.Digits(next);
        return back is > 0 and < 5
            && digits < 5
            && scan[-back - 1] == ' '
            && speech.Ago(2) is not ("từ" or "ngày" or "đêm")
            && scan[next + digits] is not ('/' or '.' or ',' or ':' or 'h' or 'g')
            && scan.WordAfter(next + digits) is not ("giờ" or "tháng")
            && scan.Number(next, digits) < scan.Number(-back, back);
    }

    // "ấp 6 – 45 hộ": the hamlet, and how many there.
    static bool Counts(Scan scan, Speech speech, int next)
    {
        var end = next + scan.Digits(next);
        return Context.Named.Contains(speech.Lead.ToLowerInvariant())
            && (
                Context.Counted.Contains(scan.NounAfter(end)) && !Context.Named.Contains(scan.NounAfter(end))
                || scan.Stands(scan.Past(end), "ĐB")
                || Units.Find(scan, scan.Past(end), out _) > 0
            );
    }

    // 12-34-56 is the number of something.
    static bool IsCode(Scan scan, int gap, int next)
    {
        var after = next + scan.Digits(next);
        if (gap == 0 && scan[after] == '-' && char.IsAsciiDigit(scan[after + 1]))
            return Dates.Length(scan, next) == 0;
        var back = scan.Back(char.IsAsciiDigit) + 1;
        return gap == 0 && scan[-back] == '-' && char.IsAsciiDigit(scan[-back - 1]) && !IsIso(scan, back);
    }

    static bool IsIso(Scan scan, int back) => back == 5 && scan[-back - 3] == '-';
}
