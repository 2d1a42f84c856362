using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>What one act, or one that is thought of, changes in a question.</summary>
sealed record AirChange
{
    public IReadOnlyList<AirCandidate> Added { get; init; } = [];
    public IReadOnlyList<AirCandidate> Removed { get; init; } = [];

    /// <summary>What units say anew of their airtime.</summary>
    public IReadOnlyDictionary<Guid, PolicyWord> Policies { get; init; } = new Dictionary<Guid, PolicyWord>();

    public IReadOnlyList<PriorityChoice> Choices { get; init; } = [];

    /// <summary>Whoever is in none of these units hears what he would have heard.</summary>
    public IReadOnlySet<Guid> Units =>
        Added
            .Concat(Removed)
            .SelectMany(c => c.Units)
            .Concat(Policies.Keys)
            .Concat(Choices.Select(c => c.Unit))
            .ToHashSet();
}
