using System.Globalization;
using System.Text;

namespace Loa.Calendar;

/// <summary>Reads and writes the text of a rule (RFC 5545 RRULE). What is not gone by is named, never passed over.</summary>
static class RuleText
{
    const int Longest = 1_000;
    static readonly string[] days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    static readonly string[] within = ["BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE", "SKIP"];

    public static bool TryRead(string text, out DayRule? rule, out RuleFault fault)
    {
        (rule, fault) = (null, default);
        if (text.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase))
            text = text["RRULE:".Length..];
        if (text.Length is 0 or > Longest)
            fault = new(RuleFaultKind.Empty);
        var (made, seen) = (new RecurrenceRule(Frequency.Daily), new HashSet<string>(StringComparer.Ordinal));
        foreach (var part in fault.Kind == default ? text.Trim().ToUpperInvariant().Split(';') : [])
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            fault = seen.Add(name) ? Take(ref made, name, value) : new(RuleFaultKind.Twice, name, value);
            if (fault.Kind != default)
                break;
        }
        if (fault.Kind == default)
            fault = seen.Contains("FREQ") ? Against(made) : new(RuleFaultKind.NoFrequency);
        rule = fault.Kind == default ? made : null;
        return rule is not null;
    }

    static RuleFault Take(ref RecurrenceRule made, string name, string value)
    {
        var bad = new RuleFault(RuleFaultKind.BadValue, name, value);
        switch (name)
        {
            case "FREQ":
                if (value is "HOURLY" or "MINUTELY" or "SECONDLY")
                    return new(RuleFaultKind.NotSupported, name, value);
                if (!Enum.TryParse<Frequency>(value, ignoreCase: true, out var frequency) || !char.IsLetter(value[0]))
                    return bad;
                made = made with { Frequency = frequency };
                return default;
            case "INTERVAL":
                made = made with { Interval = Number(value, 1, 10_000) };
                return made.Interval > 0 ? default : bad;
            case "COUNT":
                made = made with { Count = Number(value, 1, 1_000_000) };
                return made.Count > 0 ? default : bad;
            case "UNTIL":
                return Until(ref made, value);
            case "WKST":
                made = made with { WeekStart = (DayOfWeek)Array.IndexOf(days, value) };
                return Array.IndexOf(days, value) >= 0 ? default : bad;
            case "BYDAY":
                var weekdays = value.Split(',').Select(Weekday).ToList();
                made = made with { ByDay = [.. weekdays.OfType<WeekdayNumber>()] };
                return made.ByDay.Count == weekdays.Count ? default : bad;
            case "BYMONTHDAY":
                return Numbers(value, -31, 31) is { } monthDays
                    ? Set(made with { ByMonthDay = monthDays }, out made)
                    : bad;
            case "BYMONTH":
                return Numbers(value, 1, 12) is { } months ? Set(made with { ByMonth = months }, out made) : bad;
            case "BYYEARDAY":
                return Numbers(value, -366, 366) is { } yearDays
                    ? Set(made with { ByYearDay = yearDays }, out made)
                    : bad;
            case "BYWEEKNO":
                return Numbers(value, -53, 53) is { } weeks ? Set(made with { ByWeekNo = weeks }, out made) : bad;
            case "BYSETPOS":
                return Numbers(value, -366, 366) is { } places ? Set(made with { BySetPos = places }, out made) : bad;
            default:
                return new(within.Contains(name) ? RuleFaultKind.NotSupported : RuleFaultKind.UnknownPart, name, value);
        }
    }

    static RuleFault Set(RecurrenceRule with, out RecurrenceRule made)
    {
        made = with;
        return default;
    }

    static RuleFault Until(ref RecurrenceRule made, string value)
    {
        if (IcsTime.TryRead(value, out var time) is false)
            return new(RuleFaultKind.BadValue, "UNTIL", value);
        if (time is { IsDay: false, IsUtc: false })
            return new(RuleFaultKind.UntilNotUtc, "UNTIL", value);
        made = made with
        {
            Until = time.IsDay ? RuleUntil.The(time.Day) : RuleUntil.The(new DateTimeOffset(time.Clock, TimeSpan.Zero)),
        };
        return default;
    }

    // What the standard forbids of what each part alone allows.
    static RuleFault Against(RecurrenceRule made)
    {
        var yearly = made.Frequency == Frequency.Yearly;
        var numbered = made.ByDay.Any(d => d.Ordinal != 0);
        var parts =
            made.ByDay.Count + made.ByMonthDay.Count + made.ByMonth.Count + made.ByYearDay.Count + made.ByWeekNo.Count;
        return made switch
        {
            { Count: not null, Until: not null } => new(RuleFaultKind.CountAndUntil, "COUNT", "UNTIL"),
            { Frequency: Frequency.Weekly, ByMonthDay.Count: > 0 } => Never(made, "BYMONTHDAY"),
            { ByYearDay.Count: > 0 } when !yearly => Never(made, "BYYEARDAY"),
            { ByWeekNo.Count: > 0 } when !yearly => Never(made, "BYWEEKNO"),
            { Frequency: Frequency.Daily or Frequency.Weekly } when numbered => Never(made, "BYDAY"),
            { ByWeekNo.Count: > 0 } when numbered => new(RuleFaultKind.OrdinalWithWeeks, "BYDAY", "BYWEEKNO"),
            { BySetPos.Count: > 0 } when parts == 0 => new(RuleFaultKind.NothingToChooseFrom, "BYSETPOS"),
            _ => default,
        };
    }

    static RuleFault Never(RecurrenceRule made, string part) =>
        new(RuleFaultKind.NotWithFrequency, part, made.Frequency.ToString().ToUpperInvariant());

    static WeekdayNumber? Weekday(string text)
    {
        if (text.Length < 2 || Array.IndexOf(days, text[^2..]) is var day && day < 0)
            return null;
        if (text.Length == 2)
            return new((DayOfWeek)day);
        var ordinal = Number(text[..^2], -53, 53);
        return ordinal == 0 ? null : new((DayOfWeek)day, ordinal);
    }

    // Zero is the answer for what is no number of the range; no part of a rule allows zero itself.
    static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : 0;

    static int[]? Numbers(string text, int least, int most)
    {
        int[] numbers = [.. text.Split(',').Select(n => Number(n, least, most))];
        return numbers.Contains(0) ? null : numbers;
    }

    public static string Write(RecurrenceRule rule)
    {
        var text = new StringBuilder("FREQ=").Append(rule.Frequency.ToString().ToUpperInvariant());
        if (rule.Interval != 1)
            text.Append(CultureInfo.InvariantCulture, $";INTERVAL={rule.Interval}");
        if (rule.Count is { } count)
            text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (rule.Until is { } until)
            text.Append(";UNTIL=")
                .Append(until.Day is { } day ? IcsTime.Write(day) : IcsTime.Write(until.Moment!.Value));
        Part("BYMONTH", rule.ByMonth);
        Part("BYWEEKNO", rule.ByWeekNo);
        Part("BYYEARDAY", rule.ByYearDay);
        Part("BYMONTHDAY", rule.ByMonthDay);
        Part("BYDAY", [.. rule.ByDay.Select(d => (d.Ordinal == 0 ? "" : $"{d.Ordinal}") + days[(int)d.Day])]);
        Part("BYSETPOS", rule.BySetPos);
        if (rule.WeekStart != DayOfWeek.Monday)
            text.Append(";WKST=").Append(days[(int)rule.WeekStart]);
        return text.ToString();

        void Part<T>(string name, IReadOnlyList<T> values)
        {
            if (values.Count > 0)
                text.Append(';').Append(name).Append('=').AppendJoin(',', values);
        }
    }
}
