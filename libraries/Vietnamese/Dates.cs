namespace Loa.Vietnamese;

/// <summary>Reads dates: 05/11/2026, 5/11, tháng 11/2026; and numbered documents, which look alike: 123/2024/NĐ-CP.</summary>
static class Dates
{
    public static bool Read(Scan scan, Speech speech) =>
        (scan.NumberBegins || (char.IsAsciiDigit(scan[0]) && speech.Before is "tháng" or "quý"))
        && (ReadWhole(scan, speech) || ReadMonth(scan, speech) || ReadDay(scan, speech));

    /// <summary>The length of a date with day, month and year, or 0.</summary>
    public static int Length(Scan scan, int at) => Whole(scan, at, out _, out _, out _);

    static bool ReadWhole(Scan scan, Speech speech)
    {
        var length = Whole(scan, 0, out var day, out var month, out var year);
        if (length == 0 || (year < 100 && Context.Undated.Contains(speech.Before)))
            return false;
        scan.Skip(length);
        year += year < 100 ? 2000 : 0;
        Say(speech, $"{Day(speech)}{Numerals.Cardinal(day)} tháng {Month(month)} năm {Numerals.Cardinal(year)}");
        return true;
    }

    // 11/2026 is a month, but "số 11/2026" and 11/2026/NĐ-CP are the eleventh of that year.
    static bool ReadMonth(Scan scan, Speech speech)
    {
        var first = scan.Digits();
        var length = first + 5;
        if (first > 5 || scan[first] != '/' || scan.Digits(first + 1) != 4 || !IsMonthsYear(scan.Number(first + 1, 4)))
            return false;
        var document = scan[length] == '/' && char.IsLetter(scan[length + 1]);
        if (!document && !scan.Edge(length))
            return false;
        var number = scan.Number(0, first);
        var isMonth = !document && number is >= 1 and <= 12 && !Context.Numbered.Contains(speech.Before);
        if (
            speech.Before == "lệ"
            || !isMonth && !document && speech.Before.Length > 0 && !Context.Numbered.Contains(speech.Before)
        )
            return false;
        var lead = isMonth && speech.Before != "tháng" ? "tháng " : "";
        var said = isMonth ? Month(number) : Numerals.Cardinal(number);
        speech.Figure($"{lead}{said} năm {Numerals.Cardinal(scan.Number(first + 1, 4))}");
        scan.Skip(length);
        return true;
    }

    static bool ReadDay(Scan scan, Speech speech)
    {
        var first = scan.Digits();
        var sign =
            scan[first] == ' ' && scan[first + 1] == '/' && Context.Day.Contains(speech.Before) ? first + 1 : first;
        var second = sign == first ? sign + 1 : scan.Past(sign + 1);
        var seconds = scan.Digits(second);
        var length = second + seconds;
        if (first is 0 or > 2 || seconds is 0 or > 2 || !scan.Edge(length))
            return false;
        if (scan[length] == '.' && scan.Digits(length + 1) == 3)
            return false;
        if (
            scan[length] == '/'
            || (scan[length] is '.' or ',' or '-' && char.IsAsciiDigit(scan[length + 1]) && scan[sign] != '/')
        )
            return false;
        var (day, month) = (scan.Number(0, first), scan.Number(second, seconds));
        var lunar = Context.Calendar.Contains(scan.WordAfter(length));
        if (month is < 1 or > 12 || day < 1 || day > (lunar ? 30 : DateTime.DaysInMonth(2024, month)))
            return false;
        var isDay = scan[sign] switch
        {
            '/' => lunar || !Fractions.IsMeant(scan, speech, day, month, length),
            '-' or '.' => lunar
                || IsSouthern(scan, speech, length)
                || (scan[sign] == '-' && day > 12 && IsAlone(scan, length)),
            _ => false,
        };
        if (!isDay)
            return false;
        scan.Skip(length);
        Say(speech, $"{Day(speech)}{Numerals.Cardinal(day)} tháng {Month(month)}");
        return true;
    }

    // "lễ 30-4", "ngày 5.11", but not "các ngày 5-7" nor "ngày 5-10 tháng 11".
    static bool IsSouthern(Scan scan, Speech speech, int length)
    {
        if (scan.WordAfter(length) is "tháng" or "triệu" or "tỷ" || Units.Follows(scan, length))
            return false;
        return Context.Feast.Contains(speech.Before)
            || (Context.Day.Contains(speech.Before) && speech.Ago(2) is not ("các" or "những"))
            || speech.GoesOn(FigureKind.Day)
            || (speech.Before is "sáng" or "trưa" or "chiều" or "tối" or "đêm" && IsAlone(scan, length))
            // "thứ 3-5-7" are three of them.
            || (IsWeekday(speech) && scan[-1] != '-' && IsAlone(scan, length))
            || UntilAnother(scan, speech, length);
    }

    static bool IsWeekday(Speech speech) =>
        speech.Ago(2) is "thứ" && speech.Ago(1) is not "nhất" || speech.EndsWith("chủ nhật");

    // "từ 1-6 đến 30-6"
    static bool UntilAnother(Scan scan, Speech speech, int length)
    {
        var next = scan.Past(length) + "đến ".Length;
        return speech.Before == "từ"
            && scan.WordAfter(length) == "đến"
            && scan.Digits(next) is var day and (1 or 2)
            && scan[next + day] == scan[scan.Digits()];
    }

    // 30-4 is neither a score nor a range: nobody counts backwards.
    static bool IsAlone(Scan scan, int length) =>
        !Units.Follows(scan, length)
        && scan[length] is not ('=' or '+' or '*')
        && !Context.Counted.Contains(scan.NounAfter(length))
        && !Context.Measure.Contains(scan.NounAfter(length));

    static int Whole(Scan scan, int at, out int day, out int month, out int year)
    {
        var first = scan.Digits(at);
        var sign = scan[Sign(scan, at + first)];
        var second = scan.Past(Sign(scan, at + first) + 1);
        var seconds = scan.Digits(second);
        var again = Sign(scan, second + seconds);
        var third = scan.Past(again + 1);
        var thirds = scan.Digits(third);
        (day, month, year) = (scan.Number(at, first), scan.Number(second, seconds), scan.Number(third, thirds));
        if (first == 4)
            (day, year) = (year, day);
        var shaped =
            (first, seconds, thirds) is (1 or 2, 1 or 2, 4) or (4, 2, 2) || IsShort(first, seconds, thirds, sign, year);
        var divided =
            sign is '/' or '-' or '.'
            && scan[again] == sign
            && scan.Edge(third + thirds)
            && (sign == '/' || thirds == 4 || third - at == first + seconds + 2);
        return shaped && divided && Exists(day, month, year) ? third + thirds - at : 0;
    }

    // 05 / 11 / 2026, 20 .11. 2026
    static int Sign(Scan scan, int at) => scan[at] == ' ' && scan[at + 1] is '/' or '.' or '-' ? at + 1 : at;

    // 05/11/26: only of the years that an office speaks of.
    static bool IsShort(int first, int seconds, int thirds, char sign, int year) =>
        sign is '/' or '-' && first is 1 or 2 && seconds is 1 or 2 && thirds == 2 && year is >= 15 and <= 50;

    static bool IsYear(int year) => year is >= 1000 and <= 2999;

    // 1/1000 is a part of something.
    static bool IsMonthsYear(int year) => year is >= 1900 and <= 2999;

    static bool Exists(int day, int month, int year) =>
        (IsYear(year) || year is >= 15 and <= 50)
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DateTime.DaysInMonth(year < 100 ? year + 2000 : year, month);

    static void Say(Speech speech, string said) => speech.Figure(said, FigureKind.Day);

    static string Day(Speech speech) => Context.Day.Contains(speech.Before) || speech.Before == "đường" ? "" : "ngày ";

    static string Month(int month) => month == 4 ? "tư" : Numerals.Cardinal(month);
}
