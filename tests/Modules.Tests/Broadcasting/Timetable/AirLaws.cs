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
        ["no two things sound at once"] = air => air.Decided.All(NoOverlap),
        ["no two planned items are told for one moment"] = air => air.Decided.All(NoClash),
        ["nothing sounds while something of a higher class is due"] = air => air.Decided.All(PrecedenceIsKept),
        ["who ranks higher is not moved by who ranks lower"] = RankIsKept,
        ["nothing is heard outside its time but by right"] = air =>
            At(air).All(at => OnlyInItsTime(at.Air, ClosedAir.Of(at.Place, air.Question))),
        ["all that is not as asked says why"] = air =>
            At(air).All(at => IsExplained(at.Air, air.Question.Concerning(at.Place))),
        ["the order of what is given does not matter"] = air =>
            air.Shuffled is var shuffled && At(air).All(at => Same(at.Air, Timeline.Of(at.Place, shuffled))),
        ["what changes elsewhere changes nothing here"] = air =>
        {
            var (after, units) = (air.Question.With(air.Change), air.Change.Units);
            return At(air)
                .All(at =>
                    at.Place.Paths.SelectMany(path => path.Units).Any(units.Contains)
                    || Same(at.Air, Timeline.Of(at.Place, after))
                );
        },
        ["a changed question is the question that was asked anew"] = air =>
        {
            var (after, anew) = (air.Question.With(air.Change), air.Changed);
            return air.Places.All(place => Same(Timeline.Of(place, after), Timeline.Of(place, anew)));
        },
        ["a preview tells of all that is heard otherwise, and of nothing else"] = PreviewIsRight,
        ["places of which the same is said hear the same"] = air =>
            Timeline
                .OfAll(air.Places, air.Question)
                .All(same => same.Places.All(p => Same(same.Air, At(air).First(at => at.Place == p).Air))),
    };

    static IEnumerable<(AirPlace Place, PlaceAir Air)> At(SomeAir air) => air.Places.Zip(air.Decided);

    static bool NoOverlap(PlaceAir air) => air.Heard.Zip(air.Heard.Skip(1)).All(p => p.First.To <= p.Second.From);

    // An order of today lies over them.
    static bool NoClash(PlaceAir air)
    {
        var planned = air.Told.Where(t => t.Candidate.Timing != AirTiming.Now).ToList();
        return planned.Zip(planned.Skip(1)).All(p => EndOf(p.First) <= p.Second.Start);

        static DateTimeOffset EndOf(ToldItem told) =>
            told.IsWhole || told.Until > told.Start + told.Length ? told.Start + told.Length : told.Until;
    }

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

    // The more pressing half of what is planned is told the same when nobody else asks.
    static bool RankIsKept(SomeAir air)
    {
        AirCandidate[] planned =
        [
            .. air
                .Candidates.Where(c => c.Timing != AirTiming.Now)
                .OrderByDescending(c => c.Class)
                .ThenBy(c => c.Class == AirClass.Emergency ? c.Start : default)
                .ThenByDescending(c => c.IsLive)
                .ThenBy(c => c.Level)
                .ThenBy(c => c.Start)
                .ThenBy(c => c.Id),
        ];
        var upper = planned[..(planned.Length / 2)];
        var (alone, among) = (air.Unchosen(upper), air.Unchosen(planned));
        return air.Places.All(place =>
            Timeline
                .Tell(place, alone)
                .Told.SequenceEqual(Timeline.Tell(place, among).Told.Where(t => upper.Contains(t.Candidate)))
        );
    }

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

    static bool PreviewIsRight(SomeAir air)
    {
        var told = AirPreview.Of(air.Places, air.Question, air.Change, UnitOf).Select(p => p.Unit).ToHashSet();
        var after = air.Question.With(air.Change);
        return At(air)
            .All(at =>
                told.Contains(UnitOf(at.Place)) != Audible(at.Air).SequenceEqual(Audible(Timeline.Of(at.Place, after)))
            );

        Guid UnitOf(AirPlace place) => new(air.Places.TakeWhile(p => p != place).Count(), 1, 0, new byte[8]);
    }

    // All but who stood before whom.
    static IEnumerable<string> Audible(PlaceAir air) =>
        air
            .Fates.Select(f =>
                $"{f.Candidate.Id} {f.Kind} {f.At:O} {f.Because} {air.Heard.Where(h => h.Item.Candidate.Id == f.Candidate.Id).Sum(h => (h.To - h.From).Ticks)}"
            )
            .Order(StringComparer.Ordinal);

    static bool Same(PlaceAir one, PlaceAir other) =>
        one.Told.SequenceEqual(other.Told)
        && one.Heard.SequenceEqual(other.Heard)
        && one.Fates.SequenceEqual(other.Fates);
}
