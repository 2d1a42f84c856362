using FsCheck;
using FsCheck.Fluent;
using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Timetable;
using Loa.Kernel;
using Check = FsCheck.Check;

namespace Loa.Broadcasting;

public sealed class TimelineTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
    static readonly Guid Province = Guid.CreateVersion7();
    static readonly Guid Commune = Guid.CreateVersion7();
    static readonly Guid Elsewhere = Guid.CreateVersion7();
    static readonly Guid[] Path = [Province, Commune];

    [Fact]
    public void What_is_ordered_for_the_unit_or_above_is_heard_and_nothing_else()
    {
        var here = Order(AirClass.Ordinary, 0, Commune);
        var above = Order(AirClass.Ordinary, 100, Province);
        var elsewhere = Order(AirClass.Emergency, 0, Elsewhere);

        Assert.Equal([here.Id, above.Id], Plan(elsewhere, above, here).Select(p => p.Order.Id));
    }

    [Fact]
    public void An_emergency_begins_at_its_moment_whatever_else_is_on_the_air()
    {
        var ordinary = Order(AirClass.Ordinary, 0, Commune);
        var priority = Order(AirClass.Priority, 1, Commune);
        var emergency = Order(AirClass.Emergency, 2, Province);

        Assert.Equal(emergency.Start, Plan(ordinary, priority, emergency).Single(p => p.Order == emergency).Start);
    }

    [Fact]
    public void Two_of_one_class_follow_each_other_in_the_order_they_were_ordered()
    {
        var first = Order(AirClass.Ordinary, 0, Commune);
        var second = Order(AirClass.Ordinary, 5, Commune);

        var timeline = Plan(second, first);

        Assert.Equal([first.Id, second.Id], timeline.Select(p => p.Order.Id));
        Assert.Equal(timeline[0].End, timeline[1].Start);
        Assert.Equal("after-earlier", timeline[1].Reason);
    }

    [Fact]
    public void What_would_begin_too_late_is_left_out()
    {
        var held = Order(AirClass.Priority, 0, Commune, seconds: 300);
        var late = Order(AirClass.Ordinary, 1, Commune) with { Until = Noon.AddSeconds(60) };

        Assert.Equal([held.Id], Plan(held, late).Select(p => p.Order.Id));
    }

    [Fact]
    public void For_any_orders_the_timeline_keeps_precedence_and_is_always_the_same() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Orders(),
                orders =>
                {
                    var timeline = Plan(orders);
                    var again = Plan([.. orders.Reverse()]);
                    var same = timeline.SequenceEqual(again);
                    // Nothing begins while something of its own or a higher class holds the air.
                    var kept = timeline.All(p =>
                        !timeline.Any(q =>
                            q != p
                            && Rank(q) <= Rank(p)
                            && q.Start <= p.Start
                            && p.Start < q.End
                            && (Rank(q) < Rank(p) || q.Start < p.Start)
                        )
                    );
                    var inTime = timeline.All(p => p.Start >= p.Order.Start && p.Start < p.Order.Until);
                    return same
                        && kept
                        && inTime
                        && timeline.Select(p => (p.Order, p.Start)).SequenceEqual(Slowly(orders));
                }
            )
        );

    [Fact]
    public void Thousands_of_orders_for_one_place_do_not_hold_up_an_emergency()
    {
        BroadcastOrder[] flood =
        [
            .. Enumerable
                .Range(0, 10_000)
                .Select(i => Order(AirClass.Ordinary, i % 60, Commune, seconds: 5) with { Until = Noon.AddDays(1) }),
        ];
        var emergency = Order(AirClass.Emergency, 30, Province);
        var began = TimeProvider.System.GetTimestamp();
        var timeline = Plan([.. flood, emergency]);
        var spent = TimeProvider.System.GetElapsedTime(began);
        Assert.Equal(emergency.Start, timeline.Single(p => p.Order == emergency).Start);
        Assert.Equal(flood.Length + 1, timeline.Count);
        // Some milliseconds; each order looked at against each other one takes minutes.
        Assert.True(spent < TimeSpan.FromSeconds(2), $"it took {spent}");
    }

    /// <summary>What a speaker is told, and why.</summary>
    sealed record Placed(BroadcastOrder Order, DateTimeOffset Start, string Reason)
    {
        public DateTimeOffset End => Start + Order.Duration;
    }

    static IReadOnlyList<Placed> Plan(params BroadcastOrder[] orders)
    {
        var question = AirQuestion.Of(
            orders.Select(o => o.AsCandidate()),
            AirPolicies.None,
            [],
            VietnamTime.Zone,
            Noon,
            Noon.AddDays(1)
        );
        var (told, fates) = Timeline.Tell(AirPlace.At(Guid.Empty, Path), question);
        var why = fates.ToDictionary(f => f.Candidate.Id, f => f.Because);
        var byId = orders.ToDictionary(o => o.OccurrenceId);
        return [.. told.Select(t => new Placed(byId[t.Candidate.Id], t.Start, why[t.Candidate.Id]))];
    }

    /// <summary>The same by the plain rule: step from one who holds the air to the next until it is free.</summary>
    static IEnumerable<(BroadcastOrder, DateTimeOffset)> Slowly(BroadcastOrder[] orders)
    {
        var placed = new List<Placed>();
        foreach (
            var order in orders
                .Where(a => a.Units.Any(Path.Contains))
                .OrderBy(a => Rank(a))
                .ThenBy(a => a.Start)
                .ThenBy(a => a.Id)
        )
        {
            var start = order.Start;
            while (placed.Where(p => p.Start <= start && start < p.End).MaxBy(p => p.End) is { } holder)
                start = holder.End;
            if (start < order.Until)
                placed.Add(new(order, start, ""));
        }
        return placed.OrderBy(p => p.Start).ThenBy(p => p.Order.Id).Select(p => (p.Order, p.Start));
    }

    static int Rank(BroadcastOrder order) =>
        order.Class switch
        {
            AirClass.Emergency => 0,
            AirClass.Priority => 1,
            _ => 2,
        };

    static int Rank(Placed placed) => Rank(placed.Order);

    static Arbitrary<BroadcastOrder[]> Orders() =>
        (
            from classes in Gen.Elements(AirClass.Emergency, AirClass.Priority, AirClass.Ordinary)
            from second in Gen.Choose(0, 600)
            from length in Gen.Choose(1, 120)
            from unit in Gen.Elements(Province, Commune, Elsewhere)
            select Order(classes, second, unit, length)
        )
            .ArrayOf()
            .ToArbitrary();

    static BroadcastOrder Order(AirClass kind, int second, Guid unit, int seconds = 30) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "Tin",
            kind,
            [unit],
            Noon.AddSeconds(second),
            Noon.AddHours(1),
            TimeSpan.FromSeconds(seconds)
        );
}
