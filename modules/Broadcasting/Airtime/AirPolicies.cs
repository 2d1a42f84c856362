namespace Loa.Broadcasting.Airtime;

/// <summary>What a unit said of its airtime, from a moment on; it stands until it said otherwise.</summary>
/// <param name="Made">When it was said: what was ordered before is not bound by it.</param>
sealed record PolicyWord(DateTimeOffset Made, DateTimeOffset From, AirPolicy Policy);

/// <summary>The policies of all units in time: the past keeps what was in force then.</summary>
sealed class AirPolicies(IReadOnlyDictionary<Guid, IReadOnlyList<PolicyWord>> words)
{
    public static AirPolicies None { get; } = new(new Dictionary<Guid, IReadOnlyList<PolicyWord>>());

    /// <summary>As if each had always been in force.</summary>
    public static AirPolicies Always(IReadOnlyDictionary<Guid, AirPolicy> policies) =>
        new(
            policies.ToDictionary(
                p => p.Key,
                p =>
                    (IReadOnlyList<PolicyWord>)
                        [new PolicyWord(DateTimeOffset.MinValue, DateTimeOffset.MinValue, p.Value)]
            )
        );

    /// <summary>The same with what units say anew.</summary>
    public AirPolicies With(IReadOnlyDictionary<Guid, PolicyWord> anew)
    {
        if (anew.Count == 0)
            return this;
        var all = new Dictionary<Guid, IReadOnlyList<PolicyWord>>(words);
        foreach (var (unit, word) in anew)
            all[unit] = [.. Of(unit), word];
        return new(all);
    }

    public bool IsEmpty => words.Count == 0;

    /// <summary>What the unit said, the first first.</summary>
    public IReadOnlyList<PolicyWord> Of(Guid unit) => words.GetValueOrDefault(unit) ?? [];

    /// <summary>The unit's own policy at a moment as it was known at another; null while it has none.</summary>
    public AirPolicy? Of(Guid unit, DateTimeOffset moment, DateTimeOffset known)
    {
        var said = Of(unit);
        for (var i = said.Count - 1; i >= 0; i--)
            if (said[i].Made <= known && said[i].From <= moment)
                return said[i].Policy;
        return null;
    }

    /// <summary>What is in force on a path from the province down: each unit's policy within that of the one above; the usual where nobody said any.</summary>
    public AirPolicy InForce(IReadOnlyList<Guid> path, DateTimeOffset moment, DateTimeOffset known)
    {
        if (Said(path, moment, known) is not { } policy)
            return AirPolicy.Usual;
        return policy.Sessions is null ? policy with { Sessions = AirPolicy.Usual.Sessions } : policy;
    }

    /// <summary>The same without the usual, to which nobody may be held; null where nobody said anything.</summary>
    public AirPolicy? Said(IReadOnlyList<Guid> path, DateTimeOffset moment, DateTimeOffset known)
    {
        AirPolicy? policy = null;
        for (var level = 0; level < path.Count; level++)
            if (Of(path[level], moment, known)?.At(level) is { } own)
                policy = policy is null ? own : AirPolicy.Inherit(policy, own).Policy;
        return policy;
    }

    /// <summary>The moments after the first and before the other at which another policy comes into force on the path.</summary>
    public IEnumerable<DateTimeOffset> Turns(IReadOnlyList<Guid> path, DateTimeOffset from, DateTimeOffset to) =>
        path.SelectMany(Of).Select(word => word.From).Where(turn => turn > from && turn < to).Distinct().Order();

    /// <summary>When something was said on the path that may bind what is asked from then on, the first first.</summary>
    public IReadOnlyList<DateTimeOffset> Made(IEnumerable<Guid> units) =>
        [.. units.SelectMany(Of).Select(word => word.Made).Distinct().Order()];
}
