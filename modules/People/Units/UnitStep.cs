using System.Globalization;
using System.Text.Json.Nodes;

namespace Loa.People.Units;

/// <summary>One act of a unit, read for folding: what changed and from which day.</summary>
sealed record UnitStep(Guid UnitId, int Seq, string Move, DateOnly Effective, JsonObject Patch)
{
    public static UnitStep Read(Guid unitId, int seq, string move, string patch)
    {
        var fields = JsonNode.Parse(patch)!.AsObject();
        return new(unitId, seq, move, DayOf(fields["effective"]!.GetValue<string>()), fields);
    }

    public static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
