using System.Globalization;
using System.Text.RegularExpressions;

namespace Loa.Calendar;

/// <summary>A time of a file with the zone it was written in.</summary>
readonly record struct ZonedTime(IcsTime Time, TimeZoneInfo Zone)
{
    /// <summary>What a clock in another zone shows then; a day is no moment and stays.</summary>
    public DateTime In(TimeZoneInfo zone) =>
        Time.IsDay || zone.Id == Zone.Id
            ? Time.Clock
            : TimeZoneInfo.ConvertTime(LocalTime.At(Zone, Time.Clock), zone).DateTime;
}

/// <summary>One VEVENT while it is read.</summary>
sealed partial class IcsBlock(int line, TimeZoneInfo zone, List<IcsFault> faults)
{
    readonly List<DayRule> rules = [];
    readonly List<(ZonedTime Time, int Line)> added = [];
    readonly List<ZonedTime> leftOut = [];
    ZonedTime? start;
    ZonedTime? end;
    TimeSpan? length;
    bool faulty;

    public string Uid { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Why { get; private set; } = "";
    public int Sequence { get; private set; }
    public bool Cancelled { get; private set; }
    public ZonedTime? Original { get; private set; }

    public void Take(IcsLine read)
    {
        switch (read.Name)
        {
            case "UID":
                Uid = read.Value;
                break;
            case "SUMMARY":
                Summary = IcsLines.Plain(read.Value);
                break;
            case "DESCRIPTION":
                Why = IcsLines.Plain(read.Value);
                break;
            case "SEQUENCE":
                Sequence = int.TryParse(read.Value, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
                break;
            case "STATUS":
                Cancelled = read.Value == "CANCELLED";
                break;
            case "DTSTART":
                start = Time(read, read.Value);
                break;
            case "DTEND":
                end = Time(read, read.Value);
                break;
            case "DURATION":
                length = Length(read);
                break;
            case "RRULE":
                if (RuleText.TryRead(read.Value, out var rule, out var fault))
                    rules.Add(rule!);
                else
                    Fail(read.Number, IcsFaultKind.BadRule, fault.ToString());
                break;
            case "EXRULE":
                Fail(read.Number, IcsFaultKind.NotSupported, read.Name);
                break;
            case "RDATE" when read.Parameter("VALUE") == "PERIOD":
                Fail(read.Number, IcsFaultKind.NotSupported, "RDATE;VALUE=PERIOD");
                break;
            case "RDATE":
                added.AddRange(Times(read).Select(t => (t, read.Number)));
                break;
            case "EXDATE":
                leftOut.AddRange(Times(read));
                break;
            case "RECURRENCE-ID" when read.Parameter("RANGE") is { } range:
                Fail(read.Number, IcsFaultKind.NotSupported, "RANGE=" + range);
                break;
            case "RECURRENCE-ID":
                Original = Time(read, read.Value);
                break;
        }
    }

    public bool IsWhole()
    {
        if (!faulty && start is null)
            Fail(line, IcsFaultKind.NoStart, Uid);
        if (start is not { } from)
            return false;
        if (end is { } to)
        {
            if (to.Time.IsDay != from.Time.IsDay)
                Fail(line, IcsFaultKind.MixedTypes, "DTEND");
            else if (Moment(to) < Moment(from))
                Fail(line, IcsFaultKind.EndBeforeStart, "DTEND");
        }
        foreach (var (time, at) in added)
            if (time.Time.IsDay != from.Time.IsDay)
                Fail(at, IcsFaultKind.MixedTypes, "RDATE");
        return !faulty;
    }

    public EventSeries Series()
    {
        var (own, day) = (start!.Value.Zone, start.Value.Time.IsDay);
        return new()
        {
            Start = start.Value.Time.Clock,
            Length = Lasts(),
            AllDay = day,
            Zone = own,
            Rules = [.. rules.DistinctBy(r => r.Text)],
            Added = [.. added.Select(a => a.Time.In(own))],
            LeftOut = [.. leftOut.Select(t => At(t, own, start.Value.Time.Clock.TimeOfDay))],
        };
    }

    public MovedInstance Moved(EventSeries series) => new(OriginalIn(series), start!.Value.In(series.Zone), Lasts());

    public DateTime OriginalIn(EventSeries series) => At(Original!.Value, series.Zone, series.Start.TimeOfDay);

    /// <summary>A change of a series that the file does not hold still happens.</summary>
    public IcsEvent Alone() => new(Uid, Summary, Series() with { Rules = [] }, Why);

    // A day that stands against moments means the moment of that day (the standard wants one kind; calendars write the other).
    static DateTime At(ZonedTime time, TimeZoneInfo own, TimeSpan timeOfDay) =>
        time.Time.IsDay ? time.Time.Clock + timeOfDay : time.In(own);

    TimeSpan Lasts() =>
        length
        ?? (
            end is { } to ? Moment(to) - Moment(start!.Value)
            : start!.Value.Time.IsDay ? TimeSpan.FromDays(1)
            : TimeSpan.Zero
        );

    static DateTimeOffset Moment(ZonedTime time) =>
        time.Time.IsDay ? new(time.Time.Clock, TimeSpan.Zero) : LocalTime.At(time.Zone, time.Time.Clock);

    IEnumerable<ZonedTime> Times(IcsLine read) => read.Value.Split(',').Select(v => Time(read, v)).OfType<ZonedTime>();

    ZonedTime? Time(IcsLine read, string value)
    {
        if (!IcsTime.TryRead(value, out var time))
        {
            Fail(read.Number, IcsFaultKind.BadTime, value);
            return null;
        }
        if (time.IsUtc)
            return new(time, TimeZoneInfo.Utc);
        if (read.Parameter("TZID") is not { } id || time.IsDay)
            return new(time, zone);
        // Some write a sign more than the name, or a path before it.
        if (
            new[] { id, id.Trim(':', '/'), string.Join('/', id.Split('/').TakeLast(2)) }.FirstOrDefault(Known) is
            { } known
        )
            return new(time, TimeZoneInfo.FindSystemTimeZoneById(known));
        Fail(read.Number, IcsFaultKind.UnknownZone, id);
        return null;
    }

    static bool Known(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    TimeSpan? Length(IcsLine read)
    {
        var parts = Duration().Match(read.Value);
        if (!parts.Success || parts.Value.Length < 3)
        {
            Fail(read.Number, IcsFaultKind.BadLength, read.Value);
            return null;
        }
        return TimeSpan.FromDays(7 * Number("w") + Number("d"))
            + TimeSpan.FromSeconds(3600L * Number("h") + 60L * Number("m") + Number("s"));

        int Number(string part) =>
            parts.Groups[part] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^\+?P((?<w>\d{1,4})W)?((?<d>\d{1,5})D)?(T((?<h>\d{1,5})H)?((?<m>\d{1,6})M)?((?<s>\d{1,6})S)?)?$")]
    private static partial Regex Duration();

    void Fail(int at, IcsFaultKind kind, string value)
    {
        faulty = true;
        faults.Add(new(at, kind, value));
    }
}
