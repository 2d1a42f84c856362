using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>What the policies of one place say of each of its days, as moments.</summary>
sealed class PolicyDays
{
    public const string Quiet = "quiet";
    public const string SilentDay = "silent-day";

    public List<AirStretch> Sessions { get; } = [];

    public List<AirStretch> Closed { get; } = [];

    public List<AirStretch> Relays { get; } = [];

    public List<(DateTimeOffset From, RepeatRule? Rule)> Repeats { get; } = [];

    /// <param name="known">What was said later does not count.</param>
    public static PolicyDays Of(AirPlace place, AirQuestion question, DateTimeOffset known)
    {
        var days = new PolicyDays();
        for (var i = 0; i < place.Paths.Count; i++)
        {
            var path = place.Paths[i].Units;
            var from = i == 0 || place.Paths[i].From < question.From ? question.From : place.Paths[i].From;
            var to =
                i + 1 < place.Paths.Count && place.Paths[i + 1].From < question.To
                    ? place.Paths[i + 1].From
                    : question.To;
            if (from >= to)
                continue;
            var begin = from;
            foreach (var turn in question.Policies.Turns(path, from, to).Append(to))
            {
                var policy = question.Policies.InForce(path, begin, known);
                days.Write(policy, place.Quiet, question.Zone, (begin, turn), (from, to));
                begin = turn;
            }
        }
        return days;
    }

    /// <param name="inForce">While this policy is.</param>
    /// <param name="ofUnit">While the place is the unit's, whatever its policy.</param>
    void Write(
        AirPolicy policy,
        IReadOnlyList<QuietTime> beside,
        TimeZoneInfo zone,
        (DateTimeOffset From, DateTimeOffset To) inForce,
        (DateTimeOffset From, DateTimeOffset To) ofUnit
    )
    {
        var (from, to) = inForce;
        Repeats.Add((from, policy.Repeat));
        // What begins the evening before may reach into the first day.
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(to, zone).DateTime);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var weekday = DayTimes.Of(day);
            foreach (var session in policy.Sessions!)
                if (session.Days.HasFlag(weekday))
                    AddSession(session);
            foreach (var quiet in policy.Quiet.Concat(beside))
                if (quiet.Days.HasFlag(weekday))
                    AddWhile(Closed, At(quiet.From), quiet.Length, Quiet, quiet.By);
            foreach (var relay in policy.Relays)
                if (relay.Days.HasFlag(weekday))
                    AddWhile(Relays, At(relay.From), relay.Length, "relay-slot", relay.By, relay.Level);
            foreach (var by in policy.SilencedBy(day))
                AddWhile(Closed, Start(day), Start(day.AddDays(1)) - Start(day), SilentDay, by);

            // What has begun under the policy before is heard out, and none of this one begins in its middle.
            void AddSession(AirSession session)
            {
                var start = At(session.From);
                if (start < to && (start >= from || from == ofUnit.From))
                    Add(Sessions, start, session.Length, "session", session.By, ofUnit.To);
            }

            void AddWhile(
                List<AirStretch> stretches,
                DateTimeOffset start,
                TimeSpan length,
                string key,
                Guid by,
                int level = int.MaxValue
            ) => Add(stretches, start, length, key, by, to, level);

            void Add(
                List<AirStretch> stretches,
                DateTimeOffset start,
                TimeSpan length,
                string key,
                Guid by,
                DateTimeOffset limit,
                int level = int.MaxValue
            )
            {
                // A unit's word counts for the time in which the place is its own.
                var (begin, over) = (start < from ? from : start, start + length > limit ? limit : start + length);
                if (begin < over)
                    stretches.Add(new(begin, over, key, by == Guid.Empty ? null : by, null, level));
            }

            DateTimeOffset At(TimeOnly time) => Moment(day.ToDateTime(time), zone);

            DateTimeOffset Start(DateOnly of) => Moment(of.ToDateTime(TimeOnly.MinValue), zone);
        }
    }

    /// <summary>A local time as a moment: what the clocks leave out is when they go on, what they show twice is the first time.</summary>
    static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
