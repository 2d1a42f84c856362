using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>All that decides what is heard between two moments, wherever it is.</summary>
sealed class AirQuestion
{
    // The most pressing first.
    readonly Dictionary<Guid, AirCandidate[]> candidates;

    // Whom an exception or a choice names.
    readonly HashSet<Guid> named;

    AirQuestion(
        Dictionary<Guid, AirCandidate[]> candidates,
        IReadOnlyList<PriorityChoice> choices,
        IEnumerable<Guid> named
    ) => (this.candidates, Choices, this.named) = (candidates, choices, [.. named, .. choices.Select(c => c.Unit)]);

    public required AirPolicies Policies { get; init; }

    public IReadOnlyList<PriorityChoice> Choices { get; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Sessions that end before are not looked at.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public static AirQuestion Of(
        IEnumerable<AirCandidate> candidates,
        AirPolicies policies,
        IReadOnlyList<PriorityChoice> choices,
        TimeZoneInfo zone,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        AirCandidate[] all = [.. candidates];
        var byUnit = all.SelectMany(c => c.Units, (c, unit) => (c, unit)).GroupBy(x => x.unit, x => x.c);
        return new(byUnit.ToDictionary(of => of.Key, InOrder), choices, ExceptionsOf(all))
        {
            Policies = policies,
            Zone = zone,
            From = from,
            To = to,
        };
    }

    /// <summary>The question as it would be after a change.</summary>
    public AirQuestion With(AirChange change)
    {
        var after = new Dictionary<Guid, AirCandidate[]>(candidates);
        var removed = change.Removed.Select(c => c.Id).ToHashSet();
        foreach (var unit in change.Removed.Concat(change.Added).SelectMany(c => c.Units).Distinct())
            after[unit] = InOrder(
                after
                    .GetValueOrDefault(unit, [])
                    .Where(c => !removed.Contains(c.Id))
                    .Concat(change.Added.Where(c => c.Units.Contains(unit)))
            );
        return new(after, [.. Choices, .. change.Choices], [.. named, .. ExceptionsOf(change.Added)])
        {
            Policies = Policies.With(change.Policies),
            Zone = Zone,
            From = From,
            To = To,
        };
    }

    /// <summary>Whether what is heard may depend on being in this unit, or on being this speaker.</summary>
    public bool Speaks(Guid of) => candidates.ContainsKey(of) || Policies.Of(of).Count > 0 || named.Contains(of);

    /// <summary>What is to be heard at a place if it can be, the most pressing first.</summary>
    public List<AirCandidate> Concerning(AirPlace place)
    {
        var units = place.Paths.SelectMany(p => p.Units).Distinct().ToList();
        var all = Merge([.. units.Select(candidates.GetValueOrDefault).OfType<AirCandidate[]>()]);
        if (place.Paths.Count > 1)
            all.RemoveAll(c => !c.Units.Any(place.UnitsAt(c.Start).Contains));
        if (named.Count > 0)
            all.RemoveAll(c =>
                c.Except.Count > 0
                && (c.Except.Contains(place.Speaker) || place.UnitsAt(c.Start).Any(c.Except.Contains))
            );
        foreach (
            var choice in Choices.Where(c => c.IsInForce && units.Contains(c.Unit)).OrderBy(c => (c.First, c.Second))
        )
            Obey(choice, all);
        return all;
    }

    static IEnumerable<Guid> ExceptionsOf(IEnumerable<AirCandidate> any) =>
        any.Where(c => c.Except.Count > 0).SelectMany(c => c.Except);

    static AirCandidate[] InOrder(IEnumerable<AirCandidate> any)
    {
        AirCandidate[] all = [.. any];
        Array.Sort(all, AirCandidate.Compare);
        return all;
    }

    // What is ordered for two units of one path is heard once.
    static List<AirCandidate> Merge(AirCandidate[][] lists)
    {
        var all = new List<AirCandidate>(lists.Sum(l => l.Length));
        var at = new int[lists.Length];
        while (true)
        {
            AirCandidate? next = null;
            var from = 0;
            for (var i = 0; i < lists.Length; i++)
                if (at[i] < lists[i].Length && (next is null || AirCandidate.Compare(lists[i][at[i]], next) < 0))
                    (next, from) = (lists[i][at[i]], i);
            if (next is null)
                return all;
            at[from]++;
            if (all.Count == 0 || all[^1].Id != next.Id)
                all.Add(next);
        }
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
