using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>Somebody's word that what this key signs may be heard as it comes: another station's programme, or a voice.</summary>
/// <param name="Jwk">Signs the groups (<see cref="SoundGroup"/>): the signer's own, or one that was made for this stream.</param>
/// <param name="Start">When its first sample sounds; each other follows from its place.</param>
/// <param name="Station">Whose programme is passed on; absent when somebody speaks.</param>
public sealed record SoundStream(
    Guid Id,
    string Title,
    Jwk Jwk,
    AirClass Class,
    IReadOnlyList<Guid> Units,
    DateTimeOffset Start,
    [property: JsonPropertyName("nbf")] DateTimeOffset NotBefore,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires,
    string? Station = null
) : AirDocument<SoundStream>, IAirDocument<SoundStream>, IMayBeHeard
{
    public static string Type => "loa-stream";

    public static JsonTypeInfo<SoundStream> Shape => AirJson.Default.SoundStream;

    [JsonIgnore]
    public AirContent Content => Station is null ? AirContent.Live : AirContent.Relay;

    public bool IsWithinBounds() =>
        Bounds.Short(Title)
        && Bounds.Few(Units, Bounds.Units)
        && (Station is null || Bounds.IsWord(Station))
        && PublicKey.TryFrom(Jwk, out _);
}
