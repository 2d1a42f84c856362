using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Cases;

namespace Loa.Broadcasting.Airings;

/// <summary>An order to air one approved bulletin in some units, while the clock is between two moments.</summary>
sealed record Airing(
    Guid Id,
    Guid BulletinId,
    string Title,
    string Class,
    IReadOnlyList<Guid> Units,
    DateTimeOffset Start,
    DateTimeOffset Until,
    TimeSpan Duration
)
{
    /// <summary>An item may begin until its end, and is then played whole.</summary>
    public DateTimeOffset OverAt => Until + Duration;

    public JsonObject ToPatch(string releaseDigest) =>
        new()
        {
            ["title"] = Title,
            ["bulletin"] = BulletinId.ToString(),
            ["class"] = Class,
            ["units"] = new JsonArray([.. Units.Select(u => JsonValue.Create(u.ToString()))]),
            ["start"] = Start.ToUnixTimeMilliseconds(),
            ["until"] = Until.ToUnixTimeMilliseconds(),
            ["duration_ms"] = (long)Duration.TotalMilliseconds,
            ["release"] = releaseDigest,
        };

    public static Airing From(CaseRow row) => From(row.Id, row.Read());

    static Airing From(Guid id, JsonElement fields) =>
        new(
            id,
            fields.GetProperty("bulletin").GetGuid(),
            fields.GetProperty("title").GetString()!,
            fields.GetProperty("class").GetString()!,
            [.. fields.GetProperty("units").EnumerateArray().Select(u => u.GetGuid())],
            DateTimeOffset.FromUnixTimeMilliseconds(fields.GetProperty("start").GetInt64()),
            DateTimeOffset.FromUnixTimeMilliseconds(fields.GetProperty("until").GetInt64()),
            TimeSpan.FromMilliseconds(fields.GetProperty("duration_ms").GetInt64())
        );
}
