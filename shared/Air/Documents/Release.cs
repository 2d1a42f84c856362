using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>A leader's word that this very sound may be heard in these units, as this class, for a time.</summary>
/// <param name="Digest">SHA-256 of the Ogg Opus file in lower-case hex.</param>
/// <param name="Length">Bytes of the Ogg Opus file.</param>
/// <param name="Pieces">SHA-256 of each <see cref="PieceBytes"/> of the file in turn, so that a small board may play one while the next comes.</param>
public sealed record Release(
    Guid Id,
    Guid Bulletin,
    string Title,
    string Digest,
    long Length,
    [property: JsonPropertyName("duration_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan Duration,
    AirClass Class,
    IReadOnlyList<Guid> Units,
    [property: JsonPropertyName("nbf")] DateTimeOffset NotBefore,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires,
    IReadOnlyList<string>? Pieces = null
) : AirDocument<Release>, IAirDocument<Release>, IMayBeHeard
{
    // Three hours of Opus at 24 kbit/s are a tenth of this.
    const long MostBytes = 512L * 1024 * 1024;

    public const int PieceBytes = 256 * 1024;

    // With more the release would not fit into a small board's message: such a sound comes whole.
    public const int MostPieces = 64;

    public static string Type => "loa-release";

    public static JsonTypeInfo<Release> Shape => AirJson.Default.Release;

    [JsonIgnore]
    public AirContent Content => AirContent.Recording;

    public bool IsWithinBounds() =>
        Bounds.Short(Title)
        && Bounds.IsDigest(Digest)
        && Length is > 0 and <= MostBytes
        && Duration > TimeSpan.Zero
        && Bounds.Few(Units, Bounds.Units)
        && Bounds.FewWith(Pieces, MostPieces, Bounds.IsDigest)
        && (Pieces is null || Pieces.Count == PiecesOf(Length));

    /// <summary>How many pieces so many bytes have, the last one as long as it is.</summary>
    public static long PiecesOf(long length) => (length + PieceBytes - 1) / PieceBytes;
}
