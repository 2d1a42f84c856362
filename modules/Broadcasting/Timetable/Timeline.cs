using Loa.Air;
using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// What one place hears, decided from nothing but its paths, the policies, what is planned, the orders in force and the
/// communes' choices: no clock, no database, no chance, so the same question has the same answer on every node and in every
/// year.
/// </summary>
static class Timeline
{
    public static PlaceAir Of(AirPlace place, AirQuestion question)
    {
        var (told, fates) = Tell(place, question);
        var heard = AirSweep.Of(told);
        return new(told, heard, AirFates.Of(fates, told, heard));
    }

    /// <summary>What a speaker there is told, in order of time, and why.</summary>
    public static (IReadOnlyList<ToldItem> Told, IReadOnlyList<Fate> Fates) Tell(AirPlace place, AirQuestion question)
    {
        var candidates = question.Concerning(place);
        var air = ClosedAir.Of(place, question);
        var plan = new AirPlan(air);
        var fates = new List<Fate>(candidates.Count);
        foreach (var planned in candidates.Where(c => c.Timing != AirTiming.Now))
            fates.Add(plan.Give(planned));
        var rules = new OrderRules(place, question, air);
        Order(candidates.Where(c => c.Timing == AirTiming.Now), rules, plan.Told, fates);
        return ([.. plan.Told.OrderBy(t => t.Start).ThenBy(t => t.Candidate.Id).ThenBy(t => t.Part)], fates);
    }

    /// <summary>The units whose speakers may be touched when one question takes the place of another.</summary>
    public static IReadOnlySet<Guid> Touched(
        IEnumerable<AirCandidate> before,
        IEnumerable<AirCandidate> after,
        AirQuestion one,
        AirQuestion other
    )
    {
        var (old, now) = (before.ToHashSet(), after.ToHashSet());
        var candidates = old.Except(now).Concat(now.Except(old)).SelectMany(c => c.Units);
        var policies = AirPolicies.Differing(one.Policies, other.Policies);
        var choices = one.Choices.Except(other.Choices).Concat(other.Choices.Except(one.Choices)).Select(c => c.Unit);
        return candidates.Concat(policies).Concat(choices).ToHashSet();
    }

    // An order of today begins at its own moment if the air is free or held by something lower (which the speaker interrupts);
    // else when the orders before it are over; not at all when that is too late. It stands by when it was given, whoever gave it.
    static void Order(IEnumerable<AirCandidate> orders, OrderRules rules, List<ToldItem> told, List<Fate> fates)
    {
        var taken = new TakenAir();
        foreach (var order in orders.OrderBy(o => new Precedence(o.Class, o.Start, o.Id)))
        {
            var (start, after) = taken.FirstFree(order.Start);
            var (until, length, air) = (order.Until, order.Parts[0].Length, rules.For(order));
            AirStretch? closed = null;
            if (order.Class != AirClass.Emergency && air.Closed.Count > 0)
                start = Open(air, taken, start, length, ref closed);
            if (start >= until)
            {
                fates.Add(new(order, FateKind.Dropped, null, closed?.Key ?? ReasonOf(after, order), closed?.Policy));
                continue;
            }
            // Begun anew it still is over when nothing may be heard any more.
            if (order.Class != AirClass.Emergency)
                foreach (var next in air.Closed.Where(c => c.From >= start + length && c.From - length < until))
                    until =
                        next.From - length + TimeSpan.FromMilliseconds(1) is var last && last < until ? last : until;
            told.Add(new(order, 0, start, until, IsWhole: true));
            taken.Add(start, start + length, order.Class);
            fates.Add(
                new(
                    order,
                    start == order.Start ? FateKind.AsAsked : FateKind.Moved,
                    start,
                    closed?.Key ?? ReasonOf(after, order),
                    closed?.Policy
                )
            );
        }

        static string ReasonOf(AirClass? after, AirCandidate order) =>
            after is null ? "ordered"
            : Precedence.Interrupts(after.Value, order.Class) ? "after-higher"
            : "after-earlier";
    }

    static DateTimeOffset Open(
        ClosedAir air,
        TakenAir taken,
        DateTimeOffset start,
        TimeSpan length,
        ref AirStretch? closed
    )
    {
        while (true)
        {
            var open = air.FirstOpen(start, length, out var because);
            if (because is null)
                return start;
            closed = because;
            start = taken.FirstFree(open).At;
        }
    }
}
