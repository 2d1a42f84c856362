using Loa.Air;
using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Broadcasts;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Timetable;

/// <summary>Where a policy keeps an order from being heard when it was asked for: until later, or altogether.</summary>
/// <param name="At">Null when it is not heard.</param>
/// <param name="Because">The key of the reason.</param>
/// <param name="Policy">The unit whose rule it is.</param>
/// <param name="Speakers">By their units.</param>
sealed record HeldPlace(DateTimeOffset? At, string Because, Guid Policy, IReadOnlyDictionary<Guid, int> Speakers)
{
    // The rest is counted.
    const int Named = 3;

    public IReadOnlyCollection<Guid> Units => [.. Speakers.Keys];

    /// <summary>Of what lies elsewhere nobody is told.</summary>
    public HeldPlace Within(Reach reach) =>
        this with
        {
            Speakers = Speakers.Where(s => reach.Holds(s.Key)).ToDictionary(),
        };

    public string Told(UnitTree tree) =>
        Words.Get(
            At is null ? "broadcast.held.dropped" : "broadcast.held.moved",
            Places(Units, tree),
            Speakers.Values.Sum(),
            At?.Shown(),
            Words.Get("timetable.because." + Because),
            tree.NameOf(Policy)
        );

    /// <summary>Some of the units by name, as a person says where a thing is.</summary>
    public static string Places(IReadOnlyCollection<Guid> units, UnitTree tree)
    {
        var named = string.Join(", ", units.Take(Named).Select(tree.PlaceOf));
        return units.Count > Named ? Words.Get("broadcast.ask-more", named, units.Count - Named) : named;
    }
}

/// <summary>Finds where policies hold an order back: nothing is read as long as no unit has one.</summary>
sealed class HeldBack(AirQuestions questions, PolicyQueries policies, ISpeakers speakers)
{
    // What began before may still stand before it.
    static readonly TimeSpan Behind = TimeSpan.FromHours(4);

    /// <param name="isGiven">It stands among the orders; else it is only thought of.</param>
    public async Task<IReadOnlyList<HeldPlace>> Of(
        BroadcastOrder order,
        bool isGiven,
        UnitTree tree,
        CancellationToken cancel
    )
    {
        if (order.Class == AirClass.Emergency || (await policies.All(cancel)).IsEmpty)
            return [];
        var counts = await speakers.ByUnit(order.Units, cancel);
        AirPlace[] places =
        [
            .. counts
                .Keys.Select(unit => AirPlace.At(unit, tree.PathOf(unit)))
                .Where(place => place.Paths[0].Units.Count > 0),
        ];
        var asked = await questions.Between(
            order.Start - Behind,
            order.OverAt,
            places.SelectMany(place => place.Paths[0].Units).ToHashSet(),
            cancel,
            isGiven ? null : order
        );
        return
        [
            .. Timeline
                .OfAll(places, asked.Question)
                .Select(same =>
                    (same.Places, Fate: same.Air.Fates.FirstOrDefault(f => f.Candidate.Id == order.OccurrenceId))
                )
                .Where(same => same.Fate is { Policy: not null })
                .GroupBy(same => (same.Fate!.At, same.Fate.Because, Policy: same.Fate.Policy!.Value))
                .Select(held => new HeldPlace(
                    held.Key.At,
                    held.Key.Because,
                    held.Key.Policy,
                    held.SelectMany(h => h.Places).ToDictionary(p => p.Speaker, p => counts[p.Speaker])
                ))
                .OrderBy(held => held.At ?? DateTimeOffset.MaxValue)
                .ThenBy(held => held.Policy),
        ];
    }
}
