using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>An order to air one approved bulletin in some units, while the clock is between two moments.</summary>
/// <param name="Occurrence">The id of the one time at which it is heard; orders of before have none of their own.</param>
sealed record BroadcastOrder(
    Guid Id,
    Guid BulletinId,
    string Title,
    AirClass Class,
    IReadOnlyList<Guid> Units,
    DateTimeOffset Start,
    DateTimeOffset Until,
    TimeSpan Duration,
    Guid? Occurrence = null
)
{
    /// <summary>An item may begin until its end, and is then played whole.</summary>
    public DateTimeOffset OverAt => Until + Duration;

    /// <summary>The state as people see it: nobody takes back an order that all have played, or whose time has run out, and yet it is over.</summary>
    public string StateAt(DateTimeOffset now, string state, PlayOutline plays) =>
        state != BroadcastProcedure.Ordered ? state
        : OverAt > now && (plays.IsAwaited || !plays.IsPromised) ? state
        : plays.HasSounded ? BroadcastProcedure.Over
        : OverAt > now ? BroadcastProcedure.Failed
        : BroadcastProcedure.Expired;

    /// <summary>When its state will be another though nobody does anything.</summary>
    public DateTimeOffset? TurnAfter(DateTimeOffset now) =>
        now < Until ? Until
        : now < OverAt ? OverAt
        : null;

    /// <summary>What speakers are told.</summary>
    public Guid OccurrenceId => Occurrence ?? Id;

    public Precedence Precedence => new(Class, Start, OccurrenceId);

    public JsonObject ToPatch(string releaseDigest)
    {
        var patch = new JsonObject
        {
            ["title"] = Title,
            ["bulletin"] = BulletinId.ToString(),
            ["class"] = AirWord.Of(Class),
            ["units"] = new JsonArray([.. Units.Select(u => JsonValue.Create(u.ToString()))]),
            ["start"] = Start.ToUnixTimeMilliseconds(),
            ["until"] = Until.ToUnixTimeMilliseconds(),
            ["duration_ms"] = (long)Duration.TotalMilliseconds,
            ["release"] = releaseDigest,
        };
        if (Occurrence is { } occurrence)
            patch[BroadcastProcedure.Occurrence] = occurrence.ToString();
        return patch;
    }

    public static BroadcastOrder From(CaseRow row) => From(row.Id, row.Read());

    static BroadcastOrder From(Guid id, JsonElement fields) =>
        new(
            id,
            fields.GetProperty("bulletin").GetGuid(),
            fields.GetProperty("title").GetString()!,
            AirWord.Read<AirClass>(fields.GetProperty("class").GetString()!),
            [.. fields.GetProperty("units").EnumerateArray().Select(u => u.GetGuid())],
            DateTimeOffset.FromUnixTimeMilliseconds(fields.GetProperty("start").GetInt64()),
            DateTimeOffset.FromUnixTimeMilliseconds(fields.GetProperty("until").GetInt64()),
            TimeSpan.FromMilliseconds(fields.GetProperty("duration_ms").GetInt64()),
            fields.TryGetProperty(BroadcastProcedure.Occurrence, out var occurrence) ? occurrence.GetGuid() : null
        );
}
