namespace Loa.Vietnamese;

/// <summary>Reads dates: 05/11/2026, 5/11, tháng 11/2026; and numbered documents, which look alike: 123/2024/NĐ-CP.</summary>
static class Dates
{
    public static bool Read(Scan scan, Speech speech)
    {
        if (!char.IsAsciiDigit(scan[0]) || !scan.Edge(-1))
            return false;
        return ReadWhole(scan, speech) || ReadMonth(scan, speech) || ReadDay(scan, speech);
    }

    /// <summary>The length of a date with day, month and year, or 0.</summary>
    public static int Length(Scan scan, int at) => Whole(scan, at, out _, out _, out _);

    static bool ReadWhole(Scan scan, Speech speech)
    {
        var length = Whole(scan, 0, out var day, out var month, out var year);
        if (length == 0)
            return false;
        scan.Skip(length);
        speech.Figure($"{Day(speech)}{Numerals.Cardinal(day)} tháng {Month(month)} năm {Numerals.Cardinal(year)}");
        return true;
    }

    // 11/2026 is a month, but "số 11/2026" and 11/2026/NĐ-CP are the eleventh of that year.
    static bool ReadMonth(Scan scan, Speech speech)
    {
        var first = scan.Digits();
        var length = first + 5;
        if (first > 5 || scan[first] != '/' || scan.Digits(first + 1) != 4 || !IsYear(scan.Number(first + 1, 4)))
            return false;
        var document = scan[length] == '/' && char.IsLetter(scan[length + 1]);
        if (!document && !scan.Edge(length))
            return false;
        var number = scan.Number(0, first);
        var isMonth = !document && number is >= 1 and <= 12 && !Context.Numbered.Contains(speech.Before);
        var lead = isMonth && speech.Before != "tháng" ? "tháng " : "";
        var said = isMonth ? Month(number) : Numerals.Cardinal(number);
        speech.Figure($"{lead}{said} năm {Numerals.Cardinal(scan.Number(first + 1, 4))}");
        scan.Skip(length);
        return true;
    }

    static bool ReadDay(Scan scan, Speech speech)
    {
        var first = scan.Digits();
        var second = scan.Digits(first + 1);
        var length = first + 1 + second;
        if (first is 0 or > 2 || second is 0 or > 2 || scan[first] != '/' || scan[length] == '/' || !scan.Edge(length))
            return false;
        var (day, month) = (scan.Number(0, first), scan.Number(first + 1, second));
        if (!Exists(day, month, 2024) || IsCount(scan, speech, length))
            return false;
        scan.Skip(length);
        speech.Figure($"{Day(speech)}{Numerals.Cardinal(day)} tháng {Month(month)}");
        return true;
    }

    static bool IsCount(Scan scan, Speech speech, int length) =>
        !Context.Day.Contains(speech.Before)
        && (Context.Undated.Contains(speech.Before) || Context.Counted.Contains(scan.WordAfter(length)));

    static int Whole(Scan scan, int at, out int day, out int month, out int year)
    {
        var first = scan.Digits(at);
        var second = at + first + 1;
        var seconds = scan.Digits(second);
        var third = second + seconds + 1;
        var thirds = scan.Digits(third);
        (day, month, year) = (scan.Number(at, first), scan.Number(second, seconds), scan.Number(third, thirds));
        var sign = scan[second - 1];
        if (first == 4)
            (day, year) = (year, day);
        var shaped = (first, seconds, thirds) is (1 or 2, 1 or 2, 4) or (4, 2, 2);
        var divided = sign is '/' or '-' or '.' && scan[third - 1] == sign && scan.Edge(third + thirds);
        return shaped && divided && IsYear(year) && Exists(day, month, year) ? third + thirds - at : 0;
    }

    static bool IsYear(int year) => year is >= 1000 and <= 2999;

    static bool Exists(int day, int month, int year) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    static string Day(Speech speech) => Context.Day.Contains(speech.Before) ? "" : "ngày ";

    static string Month(int month) => month == 4 ? "tư" : Numerals.Cardinal(month);
}
