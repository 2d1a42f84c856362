using Loa.Broadcasting.Airtime;

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
sealed class ClosedAir(PolicyDays days)
{
    readonly Dictionary<(int Level, bool IsExact), AirStretches> open = [];

    public AirStretches Sessions { get; } = new(days.Sessions);

    /// <summary>Only emergencies pass.</summary>
    public AirStretches Closed { get; } = new(days.Closed);

    public AirStretches Relays { get; } = new(days.Relays);

    public bool HasRepeats { get; } = days.Repeats.Exists(r => r.Rule is not null);

    public RepeatRule? RepeatAt(DateTimeOffset moment) => days.Repeats.FindLast(r => r.From <= moment).Rule;

    /// <param name="known">What was said later does not count.</param>
    public static ClosedAir Of(AirPlace place, AirQuestion question, DateTimeOffset? known = null) =>
        new(PolicyDays.Of(place, question, known ?? DateTimeOffset.MaxValue));

    /// <summary>
    /// When a planned candidate may be heard if nothing else is: in sessions and, at an exact time, in the slots of its level or
    /// below, as far as they are not closed or kept for the levels above.
    /// </summary>
    public AirStretches OpenFor(AirCandidate candidate)
    {
        // Without slots it is the same for all.
        var key =
            Relays.Count == 0
                ? (Level: 0, IsExact: false)
                : (candidate.Level, IsExact: candidate.Timing == AirTiming.Exact);
        if (open.TryGetValue(key, out var known))
            return known;
        var slots = Relays.Where(r => key.IsExact && r.Level >= key.Level);
        var hurdles = new AirStretches(Closed.Concat(Relays.Where(r => r.Level < key.Level)));
        return open[key] = new(Sessions.Concat(slots).SelectMany(s => Without(hurdles, s)));
    }

    /// <summary>The first stretch that the policies keep from a candidate at this moment.</summary>
    public AirStretch? HurdleAt(DateTimeOffset moment, int level)
    {
        if (Closed.At(moment) is { } closed)
            return closed;
        for (var i = Relays.Reaching(moment); i < Relays.Count && Relays[i].From <= moment; i++)
            if (Relays[i].Level < level && Relays[i].Covers(moment))
                return Relays[i];
        return null;
    }

    /// <summary>The first moment from this one on from which nothing is closed for so long, and what was closed before.</summary>
    public DateTimeOffset FirstOpen(DateTimeOffset moment, TimeSpan length, out AirStretch? because)
    {
        because = null;
        for (var i = Closed.Reaching(moment); i < Closed.Count && Closed[i].From < moment + length; i++)
            if (Closed[i].To > moment)
                (moment, because) = (Closed[i].To, Closed[i]);
        return moment;
    }

    static IEnumerable<AirStretch> Without(AirStretches hurdles, AirStretch open)
    {
        var from = open.From;
        for (var i = hurdles.Reaching(from); i < hurdles.Count && hurdles[i].From < open.To; i++)
        {
            var hurdle = hurdles[i];
            if (hurdle.From > from)
                yield return open with
                {
                    From = from,
                    To = hurdle.From,
                };
            if (hurdle.To > from)
                from = hurdle.To;
        }
        if (from < open.To)
            yield return open with
            {
                From = from,
            };
    }
}
