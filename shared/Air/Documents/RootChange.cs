using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>The root names the one that takes its place; what the old one signed holds until the end of the change.</summary>
/// <param name="Version">1 for the first change of a province, one more for each later one.</param>
/// <param name="Kid">The new root.</param>
/// <param name="Expires">From this moment on nothing counts any more that only the old root signed.</param>
public sealed record RootChange(
    long Version,
    string Kid,
    Jwk Jwk,
    DateTimeOffset At,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires
) : AirDocument<RootChange>, IAirDocument<RootChange>
{
    public static string Type => "loa-root";

    public static JsonTypeInfo<RootChange> Shape => AirJson.Default.RootChange;

    public bool IsWithinBounds() =>
        Version > 0 && Expires > At && Bounds.IsKeyId(Kid) && PublicKey.TryFrom(Jwk, out var key) && key.KeyId == Kid;
}
