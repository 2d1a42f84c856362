using FsCheck;
using FsCheck.Fluent;
using Loa.Air;
using Check = FsCheck.Check;

namespace Loa.Broadcasting.Timetable;

/// <summary>What holds for any candidates and policies whatever.</summary>
public sealed class AnyTimelineTests
{
    [Fact]
    public void No_two_things_sound_at_once() =>
        Any(air => Decide(air).Heard is var heard && heard.Zip(heard.Skip(1)).All(p => p.First.To <= p.Second.From));

    [Fact]
    public void Nothing_sounds_while_something_of_a_higher_class_is_due() =>
        Any(air =>
        {
            var (told, heard) = (Decide(air).Told, Decide(air).Heard);
            return told.All(item =>
            {
                var own = heard.Where(h => h.Item == item).ToList();
                var begun = own.Count > 0 ? own[0].From : item.Until;
                return !heard.Any(h =>
                    Precedence.Interrupts(item.Candidate.Class, h.Item.Candidate.Class)
                    && h.From < begun
                    && item.Start < h.To
                    && !Ends(item, h.From)
                );
            });
        });

    // What may be heard in part is over when its time is.
    static bool Ends(ToldItem item, DateTimeOffset moment) =>
        moment >= item.Until || (!item.IsWhole && !item.GoesOn && moment >= item.Start + item.Length);

    [Fact]
    public void Nothing_is_heard_outside_its_time_but_by_right() =>
        Any(air =>
        {
            var open = ClosedAir.Of(SomeAir.Here, air.Question);
            return Decide(air)
                .Heard.Where(h => h.Item.Candidate.Class != AirClass.Emergency)
                .All(h =>
                    !open.Closed.Any(c => c.Touches(h.From, h.To))
                    && (h.Item.Candidate.Timing == AirTiming.Now || Within(h, open.Sessions, open.Relays))
                );
        });

    [Fact]
    public void All_that_is_not_as_asked_says_why() =>
        Any(air =>
            Decide(air).Fates is var fates
            && fates.Select(f => f.Candidate.Id).Distinct().Count() == air.Question.Concerning(SomeAir.Here).Count
            && fates.All(f => f.Kind is FateKind.AsAsked || f.Because != "ordered")
            && fates.All(f => f.Kind is FateKind.Dropped == f.At is null)
        );

    [Fact]
    public void The_order_of_what_is_given_does_not_matter() =>
        Any(air => Text(Timeline.Of(SomeAir.Here, air.Ask([.. air.Candidates.Reverse()]))) == Text(Decide(air)));

    [Fact]
    public void What_changes_elsewhere_changes_nothing_here() =>
        Any(air =>
        {
            var before = air.Candidates.Skip(1).ToArray();
            var touched = Timeline.Touched(before, air.Candidates, air.Ask(before), air.Question);
            return new[] { SomeAir.Here, SomeAir.There }.All(place =>
                place.Paths[0].Units.Any(touched.Contains)
                || Text(Timeline.Of(place, air.Ask(before))) == Text(Timeline.Of(place, air.Question))
            );
        });

    static bool Within(HeardStretch heard, List<AirStretch> sessions, List<AirStretch> relays)
    {
        // Sessions may touch or overlap: what is heard is within all of them together.
        var at = heard.From;
        foreach (var open in sessions.Concat(relays).OrderBy(s => s.From))
            if (open.From <= at && at < open.To)
                at = open.To;
        return at >= heard.To;
    }

    static PlaceAir Decide(SomeAir air) => Timeline.Of(SomeAir.Here, air.Question);

    static string Text(PlaceAir air) =>
        string.Join('\n', air.Told.Select(t => $"{t.Candidate.Id} {t.Part} {t.Start:O} {t.Until:O}"))
        + string.Join('\n', air.Heard.Select(h => $"{h.Item.Candidate.Id} {h.From:O} {h.To:O} {h.Offset}"))
        + string.Join(
            '\n',
            air.Fates.Select(f => $"{f.Candidate.Id} {f.Kind} {f.At:O} {f.Because} {f.Policy} {f.Other}")
        );

    static void Any(Func<SomeAir, bool> holds) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20261201, 1),
            Prop.ForAll(SomeAir.Any(), holds)
        );
}
