using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>From this moment on a place belongs to these units, from the province down to the hamlet.</summary>
/// <param name="Units">After a merger also those that the units came of: what was planned for them is heard.</param>
sealed record PlacePath(DateTimeOffset From, IReadOnlyList<Guid> Units);

/// <summary>Where something is heard: the paths of one speaker in time, and when it alone has to be quiet.</summary>
/// <param name="Quiet">A school, a market, a hospital is beside it.</param>
sealed record AirPlace(Guid Speaker, IReadOnlyList<PlacePath> Paths)
{
    public IReadOnlyList<QuietTime> Quiet { get; init; } = [];

    public static AirPlace At(Guid speaker, IReadOnlyList<Guid> units) =>
        new(speaker, [new(DateTimeOffset.MinValue, units)]);

    public IReadOnlyList<Guid> UnitsAt(DateTimeOffset moment)
    {
        for (var i = Paths.Count - 1; i > 0; i--)
            if (Paths[i].From <= moment)
                return Paths[i].Units;
        return Paths[0].Units;
    }
}

/// <summary>All that decides what is heard between two moments, wherever it is.</summary>
/// <param name="Policies">By unit; a unit without one has what is above it.</param>
/// <param name="From">Sessions that end before are not looked at.</param>
sealed record AirQuestion(
    ILookup<Guid, AirCandidate> Candidates,
    AirPolicies Policies,
    IReadOnlyList<PriorityChoice> Choices,
    TimeZoneInfo Zone,
    DateTimeOffset From,
    DateTimeOffset To
)
{
    public static AirQuestion Of(
        IEnumerable<AirCandidate> candidates,
        AirPolicies policies,
        IReadOnlyList<PriorityChoice> choices,
        TimeZoneInfo zone,
        DateTimeOffset from,
        DateTimeOffset to
    ) =>
        new(
            candidates.SelectMany(c => c.Units, (c, unit) => (c, unit)).ToLookup(x => x.unit, x => x.c),
            policies,
            choices,
            zone,
            from,
            to
        );

    /// <summary>What is to be heard at a place if it can be, the most pressing first.</summary>
    public List<AirCandidate> Concerning(AirPlace place)
    {
        var units = place.Paths.SelectMany(p => p.Units).Distinct().ToList();
        var all = units
            .SelectMany(unit => Candidates[unit])
            .DistinctBy(c => c.Id)
            .Where(c => place.Paths.Count == 1 || c.Units.Any(place.UnitsAt(c.Start).Contains))
            .Where(c =>
                c.Except.Count == 0
                || !c.Except.Contains(place.Speaker) && !place.UnitsAt(c.Start).Any(c.Except.Contains)
            )
            .ToList();
        all.Sort(AirCandidate.Compare);
        foreach (
            var choice in Choices.Where(c => c.IsInForce && units.Contains(c.Unit)).OrderBy(c => (c.First, c.Second))
        )
            Obey(choice, all);
        return all;
    }

    // Only of two priority items has a commune the word.
    static void Obey(PriorityChoice choice, List<AirCandidate> all)
    {
        var (first, second) = (all.FindIndex(c => c.Id == choice.First), all.FindIndex(c => c.Id == choice.Second));
        if (first < second || second < 0)
            return;
        if (all[first].Class != Air.AirClass.Priority || all[second].Class != Air.AirClass.Priority)
            return;
        var ahead = all[first];
        all.RemoveAt(first);
        all.Insert(second, ahead);
    }
}
