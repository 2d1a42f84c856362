using System.Text.Json.Nodes;
using Loa.Contracts.People;

namespace Loa.People.Units;

/// <summary>What a unit was on one day: the fold of its acts that count from that day or before.</summary>
static class UnitFold
{
    /// <summary>Null when the unit did not exist on the day. Its last day, if an act names one, is known even before it comes.</summary>
    public static Unit? On(DateOnly day, IReadOnlyList<UnitStep> steps)
    {
        var fields = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        DateOnly? from = null;
        // The order in which they count; of two from the same day the later recorded wins.
        foreach (var step in steps.Where(s => s.Effective <= day).OrderBy(s => s.Effective).ThenBy(s => s.Seq))
        {
            if (step.Move == UnitProcedure.Dissolve)
                return null;
            from ??= step.Effective;
            foreach (var (name, value) in step.Patch)
                fields[name] = value;
        }
        if (from is not { } first)
            return null;
        var end = steps.FirstOrDefault(s => s.Move == UnitProcedure.Dissolve)?.Effective;
        return new(
            steps[0].UnitId,
            Text("unit_name")!,
            Text("unit_kind")!,
            Text("parent") is { } parent ? Guid.Parse(parent) : null,
            first,
            end?.AddDays(-1),
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
}
