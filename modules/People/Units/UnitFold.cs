using System.Text.Json.Nodes;
using Loa.Contracts.People;

namespace Loa.People.Units;

/// <summary>What a unit was on one day: the fold of its acts that count from that day or before.</summary>
static class UnitFold
{
    /// <summary>Null when the unit did not exist on the day. Its last day, if an act names one, is known even before it comes.</summary>
    /// <param name="steps">In the order in which they count (<see cref="InOrder"/>).</param>
    public static Unit? On(DateOnly day, IReadOnlyList<UnitStep> steps)
    {
        if (Fields(day, steps) is not { } fields)
            return null;
        var end = steps.FirstOrDefault(s => s.Move == UnitProcedure.Dissolve)?.Effective;
        return new(
            steps[0].UnitId,
            Text("unit_name")!,
            Text("unit_kind")!,
            Text("parent") is { } parent ? Guid.Parse(parent) : null,
            steps.First(s => s.Move == UnitProcedure.Establish).Effective,
            end > DateOnly.MinValue ? end.Value.AddDays(-1) : end,
            Text("statistics_code"),
            Text("identification_code"),
            fields.GetValueOrDefault("unit_latitude")?.GetValue<double>(),
            fields.GetValueOrDefault("unit_longitude")?.GetValue<double>(),
            fields.GetValueOrDefault("predecessors") is JsonArray list
                ? [.. list.Select(p => Guid.Parse(p!.GetValue<string>()))]
                : []
        );

        string? Text(string name) => fields.GetValueOrDefault(name)?.GetValue<string>();
    }

    /// <summary>Where the unit stood on the day; null when it did not exist.</summary>
    public static UnitPlace? PlaceOn(DateOnly day, IReadOnlyList<UnitStep> steps) =>
        Fields(day, steps) is { } fields
            ? new(fields.GetValueOrDefault("parent") is { } parent ? Guid.Parse(parent.GetValue<string>()) : null)
            : null;

    /// <summary>The order in which acts count; of two from the same day the later recorded wins.</summary>
    public static UnitStep[] InOrder(IEnumerable<UnitStep> steps) =>
        [.. steps.OrderBy(s => s.Effective).ThenBy(s => s.Seq)];

    static Dictionary<string, JsonNode?>? Fields(DateOnly day, IReadOnlyList<UnitStep> steps)
    {
        Dictionary<string, JsonNode?>? fields = null;
        var mended = 0;
        foreach (var step in steps)
        {
            if (step.Effective > day)
                break;
            if (step.Move == UnitProcedure.Dissolve)
                return null;
            if (step.Move == UnitProcedure.Establish)
                fields ??= new(StringComparer.Ordinal);
            if (fields is null)
                continue;
            foreach (var (name, value) in step.Patch)
                // Who mended the tree spoke for all days from then on: what was recorded before him for later is void.
                if (name != "parent" || step.Seq >= mended)
                    fields[name] = value;
            if (step.Move == UnitProcedure.Mend)
                mended = Math.Max(mended, step.Seq);
        }
        return fields;
    }
}

/// <summary>Where a unit stands; without a parent it is a root.</summary>
readonly record struct UnitPlace(Guid? Parent);
