namespace Loa.Broadcasting.Airtime;

/// <summary>Times that come back each week on some days, and may cross midnight.</summary>
static class DayTimes
{
    const int MinutesOfDay = 24 * 60;
    const int MinutesOfWeek = 7 * MinutesOfDay;

    public static Weekdays Of(DateOnly day) => (Weekdays)(1 << (((int)day.DayOfWeek + 6) % 7));

    public static bool Touch(AirSession session, QuietTime quiet) =>
        Touch((session.Days, session.From, session.Length), (quiet.Days, quiet.From, quiet.Length));

    public static bool Touch(AirSession one, AirSession other) =>
        Touch((one.Days, one.From, one.Length), (other.Days, other.From, other.Length));

    static bool Touch((Weekdays, TimeOnly, TimeSpan) one, (Weekdays, TimeOnly, TimeSpan) other) =>
        Stretches(one).Any(a => Stretches(other).Any(b => Overlap(a, b)));

    // The week is a ring: Sunday's night ends on Monday.
    static bool Overlap((int From, int Length) one, (int From, int Length) other) =>
        (other.From - one.From + MinutesOfWeek) % MinutesOfWeek < one.Length
        || (one.From - other.From + MinutesOfWeek) % MinutesOfWeek < other.Length;

    static IEnumerable<(int From, int Length)> Stretches((Weekdays Days, TimeOnly From, TimeSpan Length) time) =>
        Enumerable
            .Range(0, 7)
            .Where(day => time.Days.HasFlag((Weekdays)(1 << day)))
            .Select(day =>
                ((day * MinutesOfDay) + (time.From.Hour * 60) + time.From.Minute, (int)time.Length.TotalMinutes)
            );
}
