namespace Loa.Vietnamese;

/// <summary>Reads "5-10" as from the one to the other, and the dash between two telephone numbers as a pause.</summary>
static class Ranges
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (speech.SinceFigure > 2 && speech.Ago(2) != "thứ")
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
            FigureKind.Spelled => digit && gap == 0 && Skip(scan, next),
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
