using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>The root lets a key sign some kinds of document, of some classes, for some sub-trees, for a time.</summary>
/// <param name="Stations">Whose programmes it may pass on; none when absent.</param>
public sealed record Delegation(
    Guid Id,
    string Kid,
    Jwk Jwk,
    string Name,
    [property: JsonConverter(typeof(KnownWords<AirKind>))] IReadOnlyList<AirKind> Kinds,
    [property: JsonConverter(typeof(KnownWords<AirClass>))] IReadOnlyList<AirClass> Classes,
    IReadOnlyList<Guid> Units,
    [property: JsonPropertyName("nbf")] DateTimeOffset NotBefore,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires,
    IReadOnlyList<string>? Stations = null
) : AirDocument<Delegation>, IAirDocument<Delegation>
{
    public static string Type => "loa-delegation";

    public static JsonTypeInfo<Delegation> Shape => AirJson.Default.Delegation;

    public bool IsWithinBounds() =>
        Bounds.IsKeyId(Kid)
        && Bounds.Named(Name)
        && Bounds.Few(Units, Bounds.Units)
        && Bounds.AreWords(Stations)
        && PublicKey.TryFrom(Jwk, out var key)
        && key.KeyId == Kid;
}
