using Loa.Contracts.People;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Units;

/// <summary>All acts of all units, answering for any day.</summary>
sealed class UnitHistory
{
    // Each unit's acts in the order in which they count.
    readonly Dictionary<Guid, UnitStep[]> units;
    readonly ILookup<Guid, Guid> everBelow;

    public UnitHistory(IEnumerable<UnitStep> steps)
    {
        units = steps.GroupBy(s => s.UnitId).ToDictionary(unit => unit.Key, UnitFold.InOrder);
        everBelow = units
            .Values.SelectMany(u => u)
            .Where(s => s.Patch["parent"] is not null)
            .Select(s => (Parent: Guid.Parse(s.Patch["parent"]!.GetValue<string>()), s.UnitId))
            .Distinct()
            .ToLookup(s => s.Parent, s => s.UnitId);
    }

    public static async Task<UnitHistory> Read(PeopleDb db, CancellationToken cancel)
    {
        var acts = await db
            .Acts.AsNoTracking()
            .Where(a => a.Procedure == UnitProcedure.Definition.Name)
            .Select(a => new
            {
                a.CaseId,
                a.Seq,
                a.Move,
                a.Patch,
            })
            .ToListAsync(cancel);
        return new(acts.Select(a => UnitStep.Read(a.CaseId, a.Seq, a.Move, a.Patch)));
    }

    public UnitTree On(DateOnly day) =>
        new(
            day,
            units
                .Values.Select(steps =>
                    UnitFold.On(day, steps) is { } unit ? unit with { CameFrom = OriginOn(day, unit, steps) } : null
                )
                .OfType<Unit>()
        );

    // The name of that day: a commune that was merged away is called what people called it.
    string? OriginOn(DateOnly day, Unit unit, UnitStep[] steps)
    {
        var since = steps.LastOrDefault(s => s.Effective <= day && s.Patch["parent"] is not null)?.Effective;
        return
            since > unit.ValidFrom
            && UnitFold.PlaceOn(since.Value.AddDays(-1), steps)?.Parent is { } before
            && before != unit.ParentId
            ? NameOn(since.Value.AddDays(-1), before)
            : null;
    }

    /// <summary>Where a unit stands on the day; null when it is not in being.</summary>
    public UnitPlace? PlaceOn(DateOnly day, Guid unit) =>
        units.TryGetValue(unit, out var steps) ? UnitFold.PlaceOn(day, steps) : null;

    /// <summary>What the unit is called on the day, or was called last; an unknown one has no name.</summary>
    public string NameOn(DateOnly day, Guid unit) =>
        units.TryGetValue(unit, out var steps)
            ? (steps.LastOrDefault(s => s.Effective <= day && HasName(s)) ?? steps.FirstOrDefault(HasName))
                ?.Patch["unit_name"]
                ?.GetValue<string>() ?? "—"
            : "—";

    /// <summary>Units that ever were right below this one, or will be.</summary>
    public IEnumerable<Guid> EverBelow(Guid unit) => everBelow[unit];

    /// <summary>The days from this one on from which any act counts, in order.</summary>
    public IEnumerable<DateOnly> DaysFrom(DateOnly first) =>
        units.Values.SelectMany(u => u).Select(s => s.Effective).Where(d => d >= first).Distinct().Order();

    public int NextSeq(Guid unit) => units.TryGetValue(unit, out var steps) ? steps.Max(s => s.Seq) + 1 : 1;

    public UnitHistory With(UnitStep next) => new(units.Values.SelectMany(u => u).Append(next));

    /// <summary>Where the acts make no tree, on any day; each with its first and last day.</summary>
    public IReadOnlyList<LastingFault> Faults()
    {
        var parents = new Dictionary<Guid, Guid?>(units.Count);
        var (open, over) = (new Dictionary<UnitFault, DateOnly>(), new List<LastingFault>());
        foreach (var day in units.Values.SelectMany(u => u).GroupBy(s => s.Effective).OrderBy(d => d.Key))
        {
            foreach (var id in day.Select(s => s.UnitId).Distinct())
                if (PlaceOn(day.Key, id) is { } place)
                    parents[id] = place.Parent;
                else
                    parents.Remove(id);
            var now = UnitFaults.Find(parents, out _).ToHashSet();
            foreach (var (fault, from) in open.Where(f => !now.Contains(f.Key)).ToList())
            {
                over.Add(new(fault, from, day.Key.AddDays(-1)));
                open.Remove(fault);
            }
            foreach (var fault in now)
                open.TryAdd(fault, day.Key);
        }
        return [.. over.Concat(open.Select(f => new LastingFault(f.Key, f.Value, null))).OrderBy(f => f.From)];
    }

    static bool HasName(UnitStep step) => step.Patch["unit_name"] is not null;
}

/// <summary>A fault of the tree with its days.</summary>
/// <param name="To">Null while no act ends it.</param>
sealed record LastingFault(UnitFault Fault, DateOnly From, DateOnly? To)
{
    public Guid UnitId => Fault.UnitId;

    public UnitFaultKind Kind => Fault.Kind;

    public Guid Named => Fault.Named;

    public bool IsOver(DateOnly day) => To < day;
}
