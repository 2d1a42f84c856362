using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>
/// What one place hears, decided from nothing but its paths, the policies, what is planned, the orders in force and the
/// communes' choices: no clock, no database, no chance, so the same question has the same answer on every node and in every
/// year.
/// </summary>
static class Timeline
{
    public static PlaceAir Of(AirPlace place, AirQuestion question) =>
        Of(place, question, ClosedAir.Of(place, question));

    /// <summary>The same for many places, one after the other; places of which the same is said share one answer.</summary>
    public static IEnumerable<(IReadOnlyList<AirPlace> Places, PlaceAir Air)> OfAll(
        IEnumerable<AirPlace> places,
        AirQuestion question
    )
    {
        var round = new AirRound(question);
        foreach (var same in places.GroupBy(p => p.KeyOf(question.Speaks)))
            yield return ([.. same], round.Of(same.First()));
    }

    /// <summary>What a speaker there is told, in order of time, and why, the most pressing first.</summary>
    public static (IReadOnlyList<ToldItem> Told, IReadOnlyList<Fate> Fates) Tell(
        AirPlace place,
        AirQuestion question
    ) => Tell(place, question, ClosedAir.Of(place, question));

    /// <param name="air">Of the place, as the question's policies have it.</param>
    public static PlaceAir Of(AirPlace place, AirQuestion question, ClosedAir air)
    {
        var (told, fates) = Tell(place, question, air);
        var heard = AirSweep.Of(told);
        return new(told, heard, AirFates.Of(fates, told, heard));
    }

    static (IReadOnlyList<ToldItem> Told, IReadOnlyList<Fate> Fates) Tell(
        AirPlace place,
        AirQuestion question,
        ClosedAir air
    )
    {
        var candidates = question.Concerning(place);
        var plan = new AirPlan(air);
        var fates = new List<Fate>(candidates.Count);
        foreach (var planned in InTurn(candidates.Where(c => c.Timing != AirTiming.Now)))
            fates.Add(plan.Give(planned));
        var rules = new OrderRules(place, question, air);
        Order(candidates.Where(c => c.Timing == AirTiming.Now), rules, plan.Told, fates);
        plan.Told.Sort(InTime);
        return (plan.Told, fates);
    }

    // No emergency cuts another: what began earlier is heard out, whoever ordered it.
    static IEnumerable<AirCandidate> InTurn(IEnumerable<AirCandidate> planned) =>
        planned.OrderBy(c => c.Class == AirClass.Emergency ? c.Start : DateTimeOffset.MaxValue);

    static int InTime(ToldItem one, ToldItem other)
    {
        var byStart = one.Start.CompareTo(other.Start);
        if (byStart != 0)
            return byStart;
        var byId = one.Candidate.Id.CompareTo(other.Candidate.Id);
        return byId != 0 ? byId : one.Part.CompareTo(other.Part);
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
