namespace Loa.Broadcasting.Timetable;

/// <summary>A stretch of one place's time with what holds it: a session, a quiet time, an item.</summary>
/// <param name="Key">Why nothing else fits, as a reason.</param>
/// <param name="Level">Of a relay slot: whose items may use it.</param>
readonly record struct AirStretch(
    DateTimeOffset From,
    DateTimeOffset To,
    string Key,
    Guid? Policy = null,
    Guid? Other = null,
    int Level = int.MaxValue
)
{
    public bool Covers(DateTimeOffset moment) => From <= moment && moment < To;

    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From < to && from < To;
}

/// <summary>The policies in force at one place, written out over its days: when planned items may be heard and when nothing may.</summary>
sealed class ClosedAir
{
    public const string Quiet = "quiet";
    public const string SilentDay = "silent-day";

    /// <summary>In order of time.</summary>
    public List<AirStretch> Sessions { get; } = [];

    /// <summary>Only emergencies pass; in order of time.</summary>
    public List<AirStretch> Closed { get; } = [];

    public List<AirStretch> Relays { get; } = [];

    public RepeatRule? Repeat { get; private set; }

    public static ClosedAir Of(AirPlace place, AirQuestion question)
    {
        var air = new ClosedAir();
        for (var i = 0; i < place.Paths.Count; i++)
        {
            var from = i == 0 || place.Paths[i].From < question.From ? question.From : place.Paths[i].From;
            var to =
                i + 1 < place.Paths.Count && place.Paths[i + 1].From < question.To
                    ? place.Paths[i + 1].From
                    : question.To;
            if (from < to)
                air.Write(PolicyOf(place.Paths[i].Units, question.Policies), place, question.Zone, from, to);
        }
        air.Sessions.Sort((one, other) => one.From.CompareTo(other.From));
        air.Closed.Sort((one, other) => one.From.CompareTo(other.From));
        return air;
    }

    /// <summary>The policy of a path: each unit's within that of the one above.</summary>
    public static AirPolicy PolicyOf(IReadOnlyList<Guid> path, IReadOnlyDictionary<Guid, AirPolicy> policies)
    {
        var own = path.Select(policies.GetValueOrDefault).OfType<AirPolicy>().ToList();
        if (own.Count == 0)
            return AirPolicy.Usual;
        var policy = own.Skip(1).Aggregate(own[0], (upper, lower) => AirPolicy.Inherit(upper, lower).Policy);
        return policy.Sessions is null ? policy with { Sessions = AirPolicy.Usual.Sessions } : policy;
    }

    /// <summary>The first moment from this one on from which nothing is closed for so long; null when that is after the limit.</summary>
    public DateTimeOffset FirstOpen(DateTimeOffset moment, TimeSpan length, out AirStretch? because)
    {
        because = null;
        foreach (var closed in Closed)
            if (closed.Touches(moment, moment + length))
                (moment, because) = (closed.To, closed);
        return moment;
    }

    void Write(AirPolicy policy, AirPlace place, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        Repeat ??= policy.Repeat;
        // What begins the evening before may reach into the first day.
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1);
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(to, zone).DateTime);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var weekday = (Weekdays)(1 << (((int)day.DayOfWeek + 6) % 7));
            foreach (var session in policy.Sessions!)
                if (session.Days.HasFlag(weekday))
                    Add(Sessions, session.From, session.Length, "session", session.By);
            foreach (var quiet in policy.Quiet.Concat(place.Quiet))
                if (quiet.Days.HasFlag(weekday))
                    Add(Closed, quiet.From, quiet.Length, Quiet, quiet.By);
            foreach (var relay in policy.Relays)
                if (relay.Days.HasFlag(weekday))
                    Add(Relays, relay.From, relay.Length, "relay-slot", relay.By, relay.Level);
            foreach (var silent in policy.SilentDays)
                if (silent.Day == day)
                    Closed.Add(new(Start(day), Start(day.AddDays(1)), SilentDay, silent.By));

            void Add(
                List<AirStretch> stretches,
                TimeOnly at,
                TimeSpan length,
                string key,
                Guid by,
                int level = int.MaxValue
            )
            {
                var start = Moment(day.ToDateTime(at), zone);
                // A unit's word counts for the time in which the place is its own.
                var (begin, end) = (start < from ? from : start, start + length > to ? to : start + length);
                if (begin < end)
                    stretches.Add(new(begin, end, key, by == Guid.Empty ? null : by, null, level));
            }

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
