using Loa.Air;
using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// Gives the planned items of one place their moments, the most pressing first. What is given does not depend on orders of
/// today: what a speaker is already playing is never moved by what nobody knew before.
/// </summary>
sealed class AirPlan(ClosedAir air)
{
    /// <summary>A stretch that nobody holds.</summary>
    /// <param name="IsWhole">All of a session that was left open.</param>
    readonly record struct Gap(DateTimeOffset From, DateTimeOffset To, bool IsWhole);

    readonly HeldAir held = new();
    readonly Dictionary<Guid, List<DateTimeOffset>> given = [];

    public List<ToldItem> Told { get; } = [];

    /// <remarks>Emergencies come before all others, the earliest first, so nothing but earlier ones is ever in the way of one.</remarks>
    public Fate Give(AirCandidate candidate)
    {
        if (candidate.Class == AirClass.Emergency)
            return GiveEmergency(candidate);
        if (candidate.Parts.All(p => p.ValidTo <= candidate.Start))
            return Drop(candidate, "expired");
        // What hinders it where it could have been heard first is the reason for all that follows.
        var (wanted, sessionEnd) = Wanted(candidate);
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
            return Take(candidate, start, limit, first?.Other is not null && start < sessionEnd ? null : first);
        }
        var reason = first ?? Hindrance(candidate, wanted);
        return Drop(candidate, reason.Key, reason.Policy, reason.Other);
    }

    Fate GiveEmergency(AirCandidate candidate)
    {
        var (start, before) = (candidate.Start, (AirCandidate?)null);
        while (held.At(start) is { } other)
            (start, before) = (other.To, other.By);
        if (start > candidate.Until)
            return Drop(candidate, "after-earlier", null, before!.Id);
        if (candidate.LengthFrom(start) == TimeSpan.Zero)
            return Drop(candidate, "expired");
        return Take(candidate, start, DateTimeOffset.MaxValue, before is null ? null : By(before, start));
    }

    static Fate Drop(AirCandidate candidate, string because, Guid? policy = null, Guid? other = null) =>
        new(candidate, FateKind.Dropped, null, because, policy, other);

    /// <summary>The first moment at which it could be heard if nothing stood before it; and the end of that session if any session will do.</summary>
    (DateTimeOffset At, DateTimeOffset SessionEnd) Wanted(AirCandidate candidate)
    {
        if (candidate.Timing == AirTiming.Session)
            for (var i = air.Sessions.Reaching(candidate.Start); i < air.Sessions.Count; i++)
                if (air.Sessions[i] is var session && session.To > candidate.Start)
                    return session.From > candidate.Until ? (candidate.Start, candidate.Start)
                        : session.From < candidate.Start ? (candidate.Start, session.To)
                        : (session.From, session.To);
        return (candidate.Start, candidate.Start);
    }

    bool IsFree(AirCandidate candidate, DateTimeOffset moment) =>
        held.At(moment) is null && air.OpenFor(candidate).At(moment) is not null;

    IEnumerable<Gap> GapsFor(AirCandidate candidate)
    {
        var end = candidate.IsInPart
            ? candidate.Start + candidate.LengthFrom(candidate.Start)
            : candidate.Until.AddTicks(1);
        var open = air.OpenFor(candidate);
        for (var i = open.Reaching(candidate.Start); i < open.Count && open[i].From < end; i++)
        {
            var (from, to) = (open[i].From, open[i].To);
            var isWhole = true;
            for (var h = held.Reaching(from); h < held.Count && held[h] is var next && next.From < to; h++)
            {
                isWhole = false;
                if (next.From > from && next.From > candidate.Start)
                    yield return new(from, next.From, IsWhole: false);
                from = next.To;
            }
            if (from < to && to > candidate.Start)
                yield return new(from, to, isWhole);
        }
    }

    // What has an exact time and does not go on is over when it was to be over, however late it begins.
    static DateTimeOffset LimitOf(AirCandidate candidate, Gap gap)
    {
        if (!candidate.IsInPart || candidate.GoesOn)
            return gap.To;
        var end = candidate.Start + candidate.LengthFrom(candidate.Start);
        return end < gap.To ? end : gap.To;
    }

    static bool Fits(AirCandidate candidate, Gap gap, DateTimeOffset start, DateTimeOffset limit)
    {
        var length = candidate.LengthFrom(start);
        if (length == TimeSpan.Zero || start >= limit)
            return false;
        if (candidate.IsInPart)
            return true;
        if (start > candidate.Until)
            return false;
        // Longer than a whole session: it gets all of one, or nothing.
        return start + length <= limit || (!candidate.IsWhole && gap.IsWhole && start == gap.From);
    }

    Fate Take(AirCandidate candidate, DateTimeOffset start, DateTimeOffset limit, AirStretch? first)
    {
        var (end, isCut, isExpired) = candidate.Tell(start, limit, Told);
        held.Add(start, end, candidate);
        if (air.HasRepeats)
            foreach (var part in candidate.Parts)
                if (!part.IsJingle)
                    (given.TryGetValue(part.Content, out var times) ? times : given[part.Content] = []).Add(start);
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

    RepeatRule? Repeated(AirCandidate candidate, DateTimeOffset start)
    {
        if (candidate.MayRepeat || air.RepeatAt(start) is not { } rule)
            return null;
        var near = TimeSpan.FromDays(rule.Days);
        return candidate.Parts.Any(p =>
            !p.IsJingle
            && given.TryGetValue(p.Content, out var times)
            && times.Count(at => (at - start).Duration() < near) >= rule.Times
        )
            ? rule
            : null;
    }

    AirStretch Hindrance(AirCandidate candidate, DateTimeOffset moment)
    {
        if (held.At(moment) is { } other)
            return By(other.By, moment);
        if (air.HurdleAt(moment, candidate.Level) is { } hurdle)
            return hurdle;
        for (var i = air.Sessions.Reaching(moment.AddTicks(-1)); i < air.Sessions.Count; i++)
            if (air.Sessions[i].From > moment)
                break;
            else if (air.Sessions[i].To >= moment)
                return air.Sessions[i] with { Key = "session-over" };
        return new(moment, moment, candidate.Timing == AirTiming.Exact ? "outside-sessions" : "no-session");
    }

    static AirStretch By(AirCandidate other, DateTimeOffset moment) =>
        new(moment, moment, "after-earlier", null, other.Id);
}
