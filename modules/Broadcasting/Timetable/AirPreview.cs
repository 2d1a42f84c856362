namespace Loa.Broadcasting.Timetable;

/// <summary>What becomes of one item by a change.</summary>
/// <param name="Before">Null when nobody asked for it.</param>
/// <param name="After">Null when nobody asks for it any more.</param>
/// <param name="Speakers">On how many it becomes so.</param>
sealed record PreviewedItem(Fate? Before, Fate? After, int Speakers)
{
    public AirCandidate Item => (After ?? Before)!.Candidate;
}

/// <summary>What a change does in one unit.</summary>
/// <param name="Speakers">On how many anything is heard otherwise.</param>
/// <param name="Items">In order of time.</param>
sealed record UnitPreview(Guid Unit, int Speakers, IReadOnlyList<PreviewedItem> Items);

/// <summary>Says before anything is saved what a change would do and for whom.</summary>
static class AirPreview
{
    /// <summary>One item at one place before and after, and for how long it is heard.</summary>
    readonly record struct Part(Fate? Fate, TimeSpan Sounds)
    {
        public bool IsHeardAs(Part other) =>
            (Fate?.Kind, Fate?.At, Fate?.Because, Sounds)
            == (other.Fate?.Kind, other.Fate?.At, other.Fate?.Because, other.Sounds);
    }

    /// <param name="unitOf">By which units it is told.</param>
    public static IReadOnlyList<UnitPreview> Of(
        IEnumerable<AirPlace> places,
        AirQuestion question,
        AirChange change,
        Func<AirPlace, Guid> unitOf
    )
    {
        var (after, units) = (question.With(change), change.Units);
        var (now, then) = (new AirRound(question), new AirRound(after));
        var alike = places
            .Where(p => p.Paths.Any(path => path.Units.Any(units.Contains)))
            .GroupBy(p => p.KeyOf(id => question.Speaks(id) || after.Speaks(id)));
        var found = new List<(Guid Unit, int Speakers, IReadOnlyList<PreviewedItem> Items)>();
        foreach (var same in alike)
            if (Differing(now.Of(same.First()), then.Of(same.First())) is { Count: > 0 } items)
                found.AddRange(same.GroupBy(unitOf).Select(of => (of.Key, of.Count(), items)));
        return
        [
            .. found.GroupBy(f => f.Unit).Select(of => new UnitPreview(of.Key, of.Sum(f => f.Speakers), Together(of))),
        ];
    }

    static IReadOnlyList<PreviewedItem> Differing(PlaceAir now, PlaceAir then)
    {
        var (before, after) = (Parts(now), Parts(then));
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .Select(id => (One: before.GetValueOrDefault(id), Other: after.GetValueOrDefault(id)))
                .Where(pair => !pair.One.IsHeardAs(pair.Other))
                .Select(pair => new PreviewedItem(pair.One.Fate, pair.Other.Fate, 0)),
        ];
    }

    static Dictionary<Guid, Part> Parts(PlaceAir air)
    {
        var parts = air.Fates.ToDictionary(f => f.Candidate.Id, f => new Part(f, TimeSpan.Zero));
        foreach (var heard in air.Heard)
        {
            var part = parts[heard.Item.Candidate.Id];
            parts[heard.Item.Candidate.Id] = part with { Sounds = part.Sounds + (heard.To - heard.From) };
        }
        return parts;
    }

    static IReadOnlyList<PreviewedItem> Together(
        IEnumerable<(Guid Unit, int Speakers, IReadOnlyList<PreviewedItem> Items)> same
    ) =>
        [
            .. same.SelectMany(f => f.Items, (f, item) => item with { Speakers = f.Speakers })
                .GroupBy(i =>
                    (
                        i.Item.Id,
                        (i.Before?.Kind, i.Before?.At, i.Before?.Because),
                        (i.After?.Kind, i.After?.At, i.After?.Because)
                    )
                )
                .Select(of => of.First() with { Speakers = of.Sum(i => i.Speakers) })
                .OrderBy(i => i.After?.At ?? i.Before?.At ?? i.Item.Start)
                .ThenBy(i => i.Item.Id),
        ];
}
