using System.Globalization;
using System.Text;

namespace Loa.Calendar;

/// <summary>Writes series as an iCalendar file (RFC 5545) that other calendars read and subscribe to.</summary>
public static class IcsWriter
{
    const string Day = ";VALUE=DATE:";

    // Lunar days are unknown to the standard: they are told one by one.
    const int LunarYears = 3;

    /// <param name="made">When the file is made: each entry bears it.</param>
    public static string Write(IEnumerable<IcsEvent> events, string product, DateTimeOffset made)
    {
        var all = events.ToList();
        var file = new StringBuilder();
        Line($"BEGIN:VCALENDAR");
        Line($"VERSION:2.0");
        Line($"PRODID:{product}");
        foreach (var zone in all.Where(e => !e.Series.AllDay).Select(e => e.Series.Zone).DistinctBy(z => z.Id))
            Zone(zone, made.Year, Line);
        foreach (var one in all)
            Event(one, made, Line);
        Line("END:VCALENDAR");
        return file.ToString();

        void Line(string line) => IcsLines.Write(file, line);
    }

    static void Event(IcsEvent one, DateTimeOffset made, Action<string> line)
    {
        var series = one.Series;
        Begin(series.Start, series.Length);
        foreach (var rule in series.Rules.OfType<RecurrenceRule>())
            line("RRULE:" + rule.Text);
        Times("RDATE", [.. series.Added, .. series.Rules.OfType<LunarRule>().SelectMany(LunarDays)]);
        Times("EXDATE", series.LeftOut);
        line("END:VEVENT");
        foreach (var moved in series.Moved)
        {
            Begin(moved.Start, moved.Length);
            line("RECURRENCE-ID" + At(moved.Original));
            line("END:VEVENT");
        }

        void Begin(DateTime start, TimeSpan length)
        {
            line("BEGIN:VEVENT");
            line("UID:" + one.Uid);
            line("DTSTAMP:" + IcsTime.Write(made));
            line("DTSTART" + At(start));
            line("DURATION:" + Length(length));
            line("SUMMARY:" + IcsLines.Escaped(one.Summary));
            if (one.Why.Length > 0)
                line("DESCRIPTION:" + IcsLines.Escaped(one.Why));
        }

        void Times(string name, IReadOnlyCollection<DateTime> times)
        {
            foreach (var time in times)
                line(name + At(time));
        }

        string At(DateTime clock) =>
            series.AllDay ? Day + IcsTime.Write(DateOnly.FromDateTime(clock))
            : series.Zone.Id == TimeZoneInfo.Utc.Id ? $":{IcsTime.Write(clock)}Z"
            : $";TZID={series.Zone.Id}:{IcsTime.Write(clock)}";

        IEnumerable<DateTime> LunarDays(LunarRule rule)
        {
            var (from, days) = (DateOnly.FromDateTime(series.Start), new List<DateOnly>());
            rule.Days(from, from, DateOnly.FromDateTime(made.UtcDateTime).AddYears(LunarYears), days);
            return days.Select(d => d.ToDateTime(TimeOnly.FromDateTime(series.Start))).Where(d => d != series.Start);
        }
    }

    static string Length(TimeSpan length)
    {
        var rest = length - TimeSpan.FromDays(length.Days);
        var text = new StringBuilder("P");
        if (length.Days > 0)
            text.Append(CultureInfo.InvariantCulture, $"{length.Days}D");
        if (rest > TimeSpan.Zero || length == TimeSpan.Zero)
            text.Append(CultureInfo.InvariantCulture, $"T{rest.Hours}H{rest.Minutes}M{rest.Seconds}S");
        return text.ToString();
    }

    // Each change of the clock for some years as it is: a reader needs no table of zones.
    static void Zone(TimeZoneInfo zone, int year, Action<string> line)
    {
        if (zone.Id == TimeZoneInfo.Utc.Id)
            return;
        line("BEGIN:VTIMEZONE");
        line("TZID:" + zone.Id);
        var first = new DateTime(year - 1, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Observance(first, zone.GetUtcOffset(first), zone.GetUtcOffset(first));
        for (var hour = first; hour.Year < year + LunarYears + 2; hour = hour.AddHours(1))
            if (
                zone.GetUtcOffset(hour) is var before
                && zone.GetUtcOffset(hour.AddHours(1)) is var after
                && before != after
            )
                Observance(hour.AddHours(1), before, after);
        line("END:VTIMEZONE");

        void Observance(DateTime utc, TimeSpan before, TimeSpan after)
        {
            var kind = after > zone.BaseUtcOffset ? "DAYLIGHT" : "STANDARD";
            line("BEGIN:" + kind);
            line("DTSTART:" + IcsTime.Write(utc + before));
            line("TZOFFSETFROM:" + Offset(before));
            line("TZOFFSETTO:" + Offset(after));
            line("END:" + kind);
        }
    }

    static string Offset(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}");
}
