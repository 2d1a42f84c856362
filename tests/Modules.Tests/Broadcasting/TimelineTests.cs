using FsCheck;
using FsCheck.Fluent;
using Loa.Broadcasting.Airings;
using Loa.Broadcasting.Timetable;

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
        var here = Airing("ordinary", 0, Commune);
        var above = Airing("ordinary", 100, Province);
        var elsewhere = Airing("emergency", 0, Elsewhere);

        Assert.Equal([here.Id, above.Id], Timeline.Of(Path, [elsewhere, above, here]).Select(p => p.Airing.Id));
    }

    [Fact]
    public void An_emergency_begins_at_its_moment_whatever_else_is_on_the_air()
    {
        var ordinary = Airing("ordinary", 0, Commune);
        var priority = Airing("priority", 1, Commune);
        var emergency = Airing("emergency", 2, Province);

        Assert.Equal(
            emergency.Start,
            Timeline.Of(Path, [ordinary, priority, emergency]).Single(p => p.Airing == emergency).Start
        );
    }

    [Fact]
    public void Two_of_one_class_follow_each_other_in_the_order_they_were_ordered()
    {
        var first = Airing("ordinary", 0, Commune);
        var second = Airing("ordinary", 5, Commune);

        var timeline = Timeline.Of(Path, [second, first]);

        Assert.Equal([first.Id, second.Id], timeline.Select(p => p.Airing.Id));
        Assert.Equal(timeline[0].End, timeline[1].Start);
        Assert.Equal("after-earlier", timeline[1].Reason);
    }

    [Fact]
    public void What_would_begin_too_late_is_left_out()
    {
        var held = Airing("priority", 0, Commune, seconds: 300);
        var late = Airing("ordinary", 1, Commune) with { Until = Noon.AddSeconds(60) };

        Assert.Equal([held.Id], Timeline.Of(Path, [held, late]).Select(p => p.Airing.Id));
    }

    [Fact]
    public void For_any_orders_the_timeline_keeps_precedence_and_is_always_the_same() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Orders(),
                orders =>
                {
                    var timeline = Timeline.Of(Path, orders);
                    var again = Timeline.Of(Path, orders.Reverse());
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
                    var inTime = timeline.All(p => p.Start >= p.Airing.Start && p.Start < p.Airing.Until);
                    return same && kept && inTime;
                }
            )
        );

    static int Rank(Placed placed) => Array.IndexOf(["emergency", "priority", "ordinary"], placed.Airing.Class);

    static Arbitrary<Airing[]> Orders() =>
        (
            from classes in Gen.Elements("emergency", "priority", "ordinary")
            from second in Gen.Choose(0, 600)
            from length in Gen.Choose(1, 120)
            from unit in Gen.Elements(Province, Commune, Elsewhere)
            select Airing(classes, second, unit, length)
        )
            .ArrayOf()
            .ToArbitrary();

    static Airing Airing(string kind, int second, Guid unit, int seconds = 30) =>
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
