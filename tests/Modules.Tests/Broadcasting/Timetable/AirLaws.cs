using Loa.Air;

namespace Loa.Broadcasting.Timetable;

/// <summary>What holds for any candidates, policies, places and changes whatever.</summary>
static class AirLaws
{
    public static readonly IReadOnlyDictionary<string, Func<SomeAir, bool>> All = new Dictionary<
        string,
        Func<SomeAir, bool>
    >
    {
        ["no two things sound at once"] = air => Everywhere(air, NoOverlap),
        ["nothing sounds while something of a higher class is due"] = air => Everywhere(air, PrecedenceIsKept),
        ["who ranks higher is not moved by who ranks lower"] = RankIsKept,
        ["nothing is heard outside its time but by right"] = air =>
            air.Places.All(place => OnlyInItsTime(Timeline.Of(place, air.Question), ClosedAir.Of(place, air.Question))),
        ["all that is not as asked says why"] = air =>
            air.Places.All(place => IsExplained(Timeline.Of(place, air.Question), air.Question.Concerning(place))),
        ["the order of what is given does not matter"] = air => SameEverywhere(air.Places, air.Question, air.Shuffled),
        ["what changes elsewhere changes nothing here"] = air =>
            SameEverywhere(
                air.Places.Where(p => !p.Paths.SelectMany(path => path.Units).Any(air.Change.Units.Contains)),
                air.Question,
                air.Question.With(air.Change)
            ),
        ["a changed question is the question that was asked anew"] = air =>
            SameEverywhere(air.Places, air.Question.With(air.Change), air.Changed),
        ["places of which the same is said hear the same"] = air =>
            Timeline
                .OfAll(air.Places, air.Question)
                .All(same => same.Places.All(p => Same(Timeline.Of(p, air.Question), same.Air))),
    };

    static bool NoOverlap(PlaceAir air) => air.Heard.Zip(air.Heard.Skip(1)).All(p => p.First.To <= p.Second.From);

    static bool PrecedenceIsKept(PlaceAir air) =>
        air.Told.All(item =>
        {
            var own = air.Heard.Where(h => h.Item == item).ToList();
            var begun = own.Count > 0 ? own[0].From : item.Until;
            return !air.Heard.Any(h =>
                Precedence.Interrupts(item.Candidate.Class, h.Item.Candidate.Class)
                && h.From < begun
                && item.Start < h.To
                && !Ends(item, h.From)
            );
        });

    // What may be heard in part is over when its time is.
    static bool Ends(ToldItem item, DateTimeOffset moment) =>
        moment >= item.Until || (!item.IsWhole && !item.GoesOn && moment >= item.Start + item.Length);

    // What is given to the most pressing half of all that is planned is given to it without the others as well.
    static bool RankIsKept(SomeAir air) =>
        air.Places.All(place =>
        {
            var all = air.Question.Concerning(place).Where(c => c.Timing != AirTiming.Now).ToList();
            var upper = all.Take(all.Count / 2).ToList();
            var closed = ClosedAir.Of(place, air.Question);
            var (alone, among) = (new AirPlan(closed), new AirPlan(closed));
            var fates = all.Select(among.Give).Take(upper.Count).ToList();
            return upper.Select(alone.Give).SequenceEqual(fates);
        });

    static bool OnlyInItsTime(PlaceAir air, ClosedAir open) =>
        air
            .Heard.Where(h => h.Item.Candidate.Class != AirClass.Emergency)
            .All(h =>
                !open.Closed.Any(c => c.Touches(h.From, h.To))
                && (h.Item.Candidate.Timing == AirTiming.Now || Within(h, open))
            );

    // Sessions may touch or overlap: what is heard is within all of them together.
    static bool Within(HeardStretch heard, ClosedAir air)
    {
        var at = heard.From;
        foreach (var open in air.Sessions.Concat(air.Relays).OrderBy(s => s.From))
            if (open.Covers(at))
                at = open.To;
        return at >= heard.To;
    }

    static bool IsExplained(PlaceAir air, List<AirCandidate> asked) =>
        air.Fates.Select(f => f.Candidate.Id).ToHashSet().SetEquals(asked.Select(c => c.Id))
        && air.Fates.Count == asked.Count
        && air.Fates.All(f => f.Kind is FateKind.AsAsked || f.Because != "ordered")
        && air.Fates.All(f => f.Kind is FateKind.Dropped == f.At is null)
        && air.Fates.All(f => f.At is not null == air.Heard.Any(h => h.Item.Candidate.Id == f.Candidate.Id));

    static bool Everywhere(SomeAir air, Func<PlaceAir, bool> holds) =>
        air.Places.All(place => holds(Timeline.Of(place, air.Question)));

    static bool SameEverywhere(IEnumerable<AirPlace> places, AirQuestion one, AirQuestion other) =>
        places.All(place => Same(Timeline.Of(place, one), Timeline.Of(place, other)));

    static bool Same(PlaceAir one, PlaceAir other) =>
        one.Told.SequenceEqual(other.Told)
        && one.Heard.SequenceEqual(other.Heard)
        && one.Fates.SequenceEqual(other.Fates);
}
