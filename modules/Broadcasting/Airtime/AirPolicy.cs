namespace Loa.Broadcasting.Airtime;

/// <summary>Days of the week as ISO counts them.</summary>
[Flags]
enum Weekdays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}

/// <summary>A session: from this time of the day on planned items are heard.</summary>
/// <param name="By">The unit that said so; nobody when it is the field's usual.</param>
sealed record AirSession(Weekdays Days, TimeOnly From, TimeSpan Length, Guid By = default);

/// <summary>From this time of the day on, for so long, only emergencies are heard.</summary>
sealed record QuietTime(Weekdays Days, TimeOnly From, TimeSpan Length, Guid By = default);

/// <summary>Kept free for items of a level: its own unit's and those above.</summary>
/// <param name="Level">How deep the unit stands that keeps it; 0 is the province.</param>
sealed record RelaySlot(Weekdays Days, TimeOnly From, TimeSpan Length, int Level, Guid By = default);

/// <summary>A day without broadcast; emergencies pass.</summary>
sealed record SilentDay(DateOnly Day, Guid By = default);

/// <summary>A holiday without broadcast, each year.</summary>
/// <param name="Name">As <see cref="Holidays"/> names it.</param>
sealed record SilentHoliday(string Name, Guid By = default);

/// <summary>From this minute of the day on, until the next: the share of the set volume, 0–100.</summary>
sealed record DayVolume(int From, int Level, Guid By = default);

/// <summary>How long a session may be, and how many a day.</summary>
sealed record SessionLimits(TimeSpan Longest, int Most, Guid By = default);

/// <summary>The same is heard not more than so many times in so many days.</summary>
sealed record RepeatRule(int Times, int Days, Guid By = default);

/// <summary>What a lower unit asked for and did not get, and the unit that forbids it.</summary>
/// <param name="Key">Words "policy.cut.…".</param>
sealed record PolicyCut(string Key, Guid By);

/// <summary>When a unit's speakers may be heard. What is absent is as the unit above says.</summary>
sealed record AirPolicy
{
    public IReadOnlyList<AirSession>? Sessions { get; init; }
    public SessionLimits? Limits { get; init; }
    public IReadOnlyList<QuietTime> Quiet { get; init; } = [];
    public IReadOnlyList<RelaySlot> Relays { get; init; } = [];
    public IReadOnlyList<SilentDay> SilentDays { get; init; } = [];
    public IReadOnlyList<SilentHoliday> SilentHolidays { get; init; } = [];
    public RepeatRule? Repeat { get; init; }
    public IReadOnlyList<DayVolume> Volumes { get; init; } = [];

    /// <summary>What stations usually do where nobody said otherwise. A habit, and no rule that anybody may be held to.</summary>
    public static AirPolicy Usual { get; } =
        new()
        {
            Sessions =
            [
                new(Weekdays.All, new(5, 30), TimeSpan.FromMinutes(60)),
                new(Weekdays.All, new(17, 0), TimeSpan.FromMinutes(60)),
            ],
            Limits = new(TimeSpan.FromMinutes(60), 2),
        };

    /// <summary>It says nothing: all is as the unit above says.</summary>
    public bool IsEmpty =>
        this is { Sessions: null, Limits: null, Repeat: null }
        && Quiet.Count + Relays.Count + SilentDays.Count + SilentHolidays.Count + Volumes.Count == 0;

    /// <summary>The units by whose word a day is without broadcast.</summary>
    public IEnumerable<Guid> SilencedBy(DateOnly day)
    {
        foreach (var silent in SilentDays)
            if (silent.Day == day)
                yield return silent.By;
        if (SilentHolidays.Count == 0)
            yield break;
        var names = Holidays.On(day);
        foreach (var holiday in SilentHolidays)
            if (names.Contains(holiday.Name))
                yield return holiday.By;
    }

    /// <summary>As a unit of this level says it.</summary>
    public AirPolicy At(int level) =>
        Relays.Count == 0 ? this : this with { Relays = [.. Relays.Select(r => r with { Level = level })] };

    /// <summary>The lower unit's policy within what the upper one allows, and what was cut.</summary>
    /// <remarks>Its own sessions take the place of those above; a limit, a quiet time or a silent day only adds to them.</remarks>
    public static (AirPolicy Policy, IReadOnlyList<PolicyCut> Cuts) Inherit(AirPolicy upper, AirPolicy lower)
    {
        var cuts = new List<PolicyCut>();
        var limits = Tighter(upper.Limits, lower.Limits, cuts);
        var policy = new AirPolicy
        {
            Limits = limits,
            Sessions = Within(lower.Sessions ?? upper.Sessions, limits, cuts),
            Quiet = [.. upper.Quiet, .. lower.Quiet],
            Relays = [.. upper.Relays, .. lower.Relays],
            SilentDays = [.. upper.SilentDays, .. lower.SilentDays],
            SilentHolidays = [.. upper.SilentHolidays, .. lower.SilentHolidays],
            Repeat = Tighter(upper.Repeat, lower.Repeat, cuts),
            Volumes = Softer(upper.Volumes, lower.Volumes, cuts),
        };
        // Nothing is taken from such a session but what is closed anyway; its unit asked for it all the same.
        foreach (var session in lower.Sessions ?? [])
            if (upper.Quiet.FirstOrDefault(quiet => DayTimes.Touch(session, quiet)) is { } quiet)
                cuts.Add(new("session-quiet", quiet.By));
        return (policy, cuts);
    }

    static SessionLimits? Tighter(SessionLimits? upper, SessionLimits? lower, List<PolicyCut> cuts)
    {
        if (upper is null || lower is null)
            return lower ?? upper;
        if (lower.Longest > upper.Longest)
            cuts.Add(new("longest-session", upper.By));
        if (lower.Most > upper.Most)
            cuts.Add(new("most-sessions", upper.By));
        var isUpper = lower.Longest >= upper.Longest && lower.Most >= upper.Most;
        return new(
            lower.Longest < upper.Longest ? lower.Longest : upper.Longest,
            Math.Min(lower.Most, upper.Most),
            isUpper ? upper.By : lower.By
        );
    }

    static RepeatRule? Tighter(RepeatRule? upper, RepeatRule? lower, List<PolicyCut> cuts)
    {
        if (upper is null || lower is null)
            return lower ?? upper;
        // Fewer times in as many days or more is tighter; all else would let through what the upper unit forbids.
        if (lower.Times <= upper.Times && lower.Days >= upper.Days)
            return lower;
        cuts.Add(new("repeat", upper.By));
        return upper;
    }

    static AirSession[]? Within(IReadOnlyList<AirSession>? sessions, SessionLimits? limits, List<PolicyCut> cuts)
    {
        if (sessions is null || limits is null)
            return sessions?.ToArray();
        var kept = new List<AirSession>();
        foreach (var session in sessions.OrderBy(s => s.From))
        {
            if (session.Length > limits.Longest)
                cuts.Add(new("session-length", limits.By));
            var days = session.Days;
            foreach (
                var day in Enum.GetValues<Weekdays>()
                    .Where(d => d is not (Weekdays.None or Weekdays.All) && days.HasFlag(d))
            )
                if (kept.Count(k => k.Days.HasFlag(day)) >= limits.Most)
                    days &= ~day;
            if (days != session.Days)
                cuts.Add(new("session-count", limits.By));
            if (days != Weekdays.None)
                kept.Add(session with { Days = days, Length = Shorter(session.Length, limits.Longest) });
        }
        return [.. kept];
    }

    static DayVolume[] Softer(IReadOnlyList<DayVolume> upper, IReadOnlyList<DayVolume> lower, List<PolicyCut> cuts)
    {
        if (upper.Count == 0 || lower.Count == 0)
            return [.. upper, .. lower];
        var softer = new List<DayVolume>();
        foreach (var minute in upper.Concat(lower).Select(v => v.From).Distinct().Order())
        {
            var (allowed, asked) = (At(upper, minute), At(lower, minute));
            if (asked.Level > allowed.Level && cuts.TrueForAll(cut => cut.Key != "volume"))
                cuts.Add(new("volume", allowed.By));
            softer.Add((asked.Level < allowed.Level ? asked : allowed) with { From = minute });
        }
        return [.. softer];
    }

    static DayVolume At(IReadOnlyList<DayVolume> volumes, int minute) =>
        volumes.Where(v => v.From <= minute).MaxBy(v => v.From) ?? volumes.MaxBy(v => v.From)!;

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
