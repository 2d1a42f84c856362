using Loa.Air;
using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// Gives the planned items of one place their moments, the most pressing first. What is given does not depend on orders of
/// today: what a speaker is already playing is never moved by what nobody knew before.
/// </summary>
sealed class AirPlan(ClosedAir air)
{
    // Of what emergencies have taken: nothing else is in their way.
    const int Emergency = -1;

    // What planned items have taken, in order of time.
    readonly List<AirStretch> taken = [];
    readonly List<(Guid Content, DateTimeOffset At)> given = [];

    public List<ToldItem> Told { get; } = [];

    public Fate Give(AirCandidate candidate)
    {
        if (candidate.Class == AirClass.Emergency)
            return GiveEmergency(candidate);
        var parts = candidate.Parts;
        if (parts.All(p => p.ValidTo <= candidate.Start))
            return Drop(candidate, "expired");
        // What hinders it where it could have been heard first is the reason for all that follows.
        var wanted = Wanted(candidate);
        var first = IsFree(candidate, wanted) ? null : (AirStretch?)Hindrance(candidate, wanted);
        // Behind another in its session it is where it asked to be.
        if (candidate.Timing == AirTiming.Session && first?.Other is not null)
            first = null;
        foreach (var gap in GapsFor(candidate))
        {
            var start = gap.From > candidate.Start ? gap.From : candidate.Start;
            var limit = LimitOf(candidate, gap);
            if (!Fits(candidate, gap, start, limit))
            {
                first ??= Hindrance(candidate, gap.To);
                continue;
            }
            if (Repeated(candidate, start) is { } rule)
                return Drop(candidate, "repeated", rule.By);
            return Take(candidate, start, limit, first);
        }
        var reason = first ?? Hindrance(candidate, wanted);
        return Drop(candidate, reason.Key, reason.Policy, reason.Other);
    }

    /// <summary>The first moment at which it could be heard if nothing stood before it.</summary>
    DateTimeOffset Wanted(AirCandidate candidate)
    {
        if (candidate.Timing == AirTiming.Exact)
            return candidate.Start;
        var session = air.Sessions.Find(s => s.To > candidate.Start && s.From <= candidate.Until);
        return session == default || session.From < candidate.Start ? candidate.Start : session.From;
    }

    bool IsFree(AirCandidate candidate, DateTimeOffset moment) =>
        OpenFor(candidate, moment.AddMilliseconds(1))
            .Any(open => open.Covers(moment) && !HurdlesFor(candidate, open).Any(h => h.Covers(moment)));

    static Fate Drop(AirCandidate candidate, string because, Guid? policy = null, Guid? other = null) =>
        new(candidate, FateKind.Dropped, null, because, policy, other);

    Fate GiveEmergency(AirCandidate candidate)
    {
        var start = candidate.Start;
        AirStretch? before = null;
        foreach (var other in taken.Where(t => t.Level == Emergency))
            if (other.Covers(start))
                (start, before) = (other.To, other);
        if (start > candidate.Until)
            return Drop(candidate, before!.Value.Key, null, before.Value.Other);
        if (LengthOf(candidate, start) == TimeSpan.Zero)
            return Drop(candidate, "expired");
        return Take(candidate, start, DateTimeOffset.MaxValue, before);
    }

    // What has an exact time and does not go on is over when it was to be over, however late it begins.
    static DateTimeOffset LimitOf(AirCandidate candidate, AirStretch gap)
    {
        var end = candidate.Start + LengthOf(candidate, candidate.Start);
        return IsInPart(candidate) && !candidate.GoesOn && end < gap.To ? end : gap.To;
    }

    static bool IsInPart(AirCandidate candidate) => candidate is { Timing: AirTiming.Exact, IsWhole: false };

    static bool Fits(AirCandidate candidate, AirStretch gap, DateTimeOffset start, DateTimeOffset limit)
    {
        var length = LengthOf(candidate, start);
        if (length == TimeSpan.Zero || start >= limit)
            return false;
        if (IsInPart(candidate))
            return true;
        if (start > candidate.Until)
            return false;
        // Longer than a whole session: it gets all of one, or nothing.
        return start + length <= limit || (!candidate.IsWhole && gap.Other is null && start == gap.From);
    }

    Fate Take(AirCandidate candidate, DateTimeOffset start, DateTimeOffset limit, AirStretch? first)
    {
        var (at, last, isCut, isExpired) = (start, start, false, false);
        for (var i = 0; i < candidate.Parts.Count; i++)
        {
            var part = candidate.Parts[i];
            if (part.ValidTo <= at)
            {
                isExpired = true;
                continue;
            }
            var end = at + part.Length;
            if (at < limit)
            {
                Told.Add(Tell(candidate, i, at, limit));
                last = end < limit ? end : limit;
            }
            isCut |= end > limit;
            at = end + part.GapAfter;
        }
        var level = candidate.Class == AirClass.Emergency ? Emergency : 0;
        Insert(new(start, last, "after-earlier", null, candidate.Id, level));
        given.AddRange(candidate.Parts.Where(p => !p.IsJingle).Select(p => (p.Content, start)));
        if (isCut)
            return Of(
                FateKind.Shortened,
                start > candidate.Start && first is not null ? first : Hindrance(candidate, limit)
            );
        if (isExpired)
            return new(candidate, FateKind.Shortened, start, "expired");
        return first is null
            ? new(candidate, FateKind.AsAsked, start, "ordered")
            : Of(candidate.Timing == AirTiming.Session ? FateKind.Postponed : FateKind.Moved, first);

        Fate Of(FateKind kind, AirStretch? because) =>
            new(candidate, kind, start, because?.Key ?? "ordered", because?.Policy, because?.Other);
    }

    static ToldItem Tell(AirCandidate candidate, int part, DateTimeOffset start, DateTimeOffset limit)
    {
        var end = start + candidate.Parts[part].Length;
        if (candidate.Class == AirClass.Emergency)
            return new(
                candidate,
                part,
                start,
                candidate.Until > start ? candidate.Until.AddMilliseconds(1) : start.AddMilliseconds(1),
                IsWhole: true
            );
        if (!candidate.IsWhole)
            return new(candidate, part, start, candidate.GoesOn || end > limit ? limit : end, IsWhole: false);
        // Begun anew or going on after something more pressing, it still ends in time.
        var latest = limit - candidate.Parts[part].Length;
        if (!candidate.GoesOn)
            latest = latest < candidate.Until ? latest : candidate.Until;
        return new(candidate, part, start, (latest > start ? latest : start).AddMilliseconds(1), IsWhole: true);
    }

    static TimeSpan LengthOf(AirCandidate candidate, DateTimeOffset start)
    {
        var (end, at) = (start, start);
        foreach (var part in candidate.Parts)
            if (part.ValidTo > at)
                (end, at) = (at + part.Length, at + part.Length + part.GapAfter);
        return end - start;
    }

    RepeatRule? Repeated(AirCandidate candidate, DateTimeOffset start)
    {
        if (candidate.MayRepeat || air.RepeatAt(start) is not { } rule)
            return null;
        var near = TimeSpan.FromDays(rule.Days);
        return candidate.Parts.Any(p =>
            !p.IsJingle && given.Count(g => g.Content == p.Content && (g.At - start).Duration() < near) >= rule.Times
        )
            ? rule
            : null;
    }

    // Free stretches of sessions, and of the slots of his level, from the candidate's start on.
    IEnumerable<AirStretch> GapsFor(AirCandidate candidate)
    {
        var end = IsInPart(candidate)
            ? candidate.Start + LengthOf(candidate, candidate.Start)
            : candidate.Until.AddMilliseconds(1);
        foreach (var open in OpenFor(candidate, end))
        {
            var from = open.From;
            var isWholeSession = true;
            foreach (var hurdle in HurdlesFor(candidate, open).OrderBy(h => h.From))
            {
                isWholeSession &= hurdle.Other is null;
                if (hurdle.From > from && hurdle.To > candidate.Start)
                    yield return Gap(hurdle.From);
                if (hurdle.To > from)
                    from = hurdle.To;
            }
            if (from < open.To)
                yield return Gap(open.To);

            AirStretch Gap(DateTimeOffset until) => new(from, until, "", null, isWholeSession ? null : candidate.Id);
        }
    }

    IEnumerable<AirStretch> OpenFor(AirCandidate candidate, DateTimeOffset end) =>
        air
            .Sessions.Concat(air.Relays.Where(r => r.Level >= candidate.Level && candidate.Timing == AirTiming.Exact))
            .Where(s => s.To > candidate.Start && s.From < end)
            .OrderBy(s => s.From);

    IEnumerable<AirStretch> HurdlesFor(AirCandidate candidate, AirStretch open) =>
        air
            .Closed.Concat(air.Relays.Where(r => r.Level < candidate.Level))
            .Concat(taken)
            .Where(h => h.Touches(open.From, open.To));

    AirStretch Hindrance(AirCandidate candidate, DateTimeOffset moment)
    {
        foreach (var hurdle in taken.Concat(air.Closed).Concat(air.Relays.Where(r => r.Level < candidate.Level)))
            if (hurdle.Covers(moment))
                return hurdle;
        var session = air.Sessions.Find(s => s.To == moment || s.Covers(moment));
        if (session != default)
            return session with { Key = "session-over" };
        return candidate.Timing == AirTiming.Exact
            ? new(moment, moment, "outside-sessions")
            : new(moment, moment, "no-session");
    }

    void Insert(AirStretch stretch)
    {
        var at = taken.FindIndex(t => t.From > stretch.From);
        taken.Insert(at < 0 ? taken.Count : at, stretch);
    }
}
