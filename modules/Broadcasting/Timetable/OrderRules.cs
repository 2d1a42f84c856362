namespace Loa.Broadcasting.Timetable;

/// <summary>
/// What binds each order of today at one place: the policies that were known when it was asked for. A policy made afterwards
/// leaves alone what speakers were told, so nothing that sounds is cut by it.
/// </summary>
/// <param name="all">With every policy that is known.</param>
sealed class OrderRules(AirPlace place, AirQuestion question, ClosedAir all)
{
    readonly IReadOnlyList<DateTimeOffset> made = question.Policies.IsEmpty
        ? []
        : question.Policies.Made(place.Paths.SelectMany(p => p.Units));
    readonly Dictionary<DateTimeOffset, ClosedAir> before = [];

    public ClosedAir For(AirCandidate order)
    {
        if (made.Count == 0 || made[^1] <= order.Start)
            return all;
        var known = made.LastOrDefault(m => m <= order.Start, DateTimeOffset.MinValue);
        if (!before.TryGetValue(known, out var air))
            before[known] = air = ClosedAir.Of(place, question, known);
        return air;
    }
}
