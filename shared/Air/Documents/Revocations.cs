using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>Which keys and delegations the root no longer stands by; the newest list is the whole list.</summary>
public sealed record Revocations(
    long Version,
    DateTimeOffset At,
    IReadOnlyList<string> Kids,
    IReadOnlyList<Guid> Delegations
) : AirDocument<Revocations>, IAirDocument<Revocations>
{
    public static string Type => "loa-revocations";

    public static JsonTypeInfo<Revocations> Shape => AirJson.Default.Revocations;

    public bool IsWithinBounds() =>
        Version > 0
        && Bounds.FewWith(Kids, Bounds.Revoked, Bounds.IsKeyId)
        && Bounds.Few(Delegations, Bounds.Revoked)
        && Kids.Count + Delegations.Count <= Bounds.Revoked;
}
