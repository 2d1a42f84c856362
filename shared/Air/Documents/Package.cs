using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>A maker's word that these files may run, or be the configuration, on these models in these units.</summary>
/// <remarks>The server can order an update; what is in it, it cannot make. Versions never go back.</remarks>
/// <param name="Label">The version for people, e.g. 1.4.2.</param>
/// <param name="Models">The models it is for; empty means all.</param>
/// <param name="Digest">SHA-256 of the gzip-compressed tar in lower-case hex.</param>
public sealed record Package(
    Guid Id,
    PackageKind Kind,
    long Version,
    string Label,
    IReadOnlyList<string> Models,
    IReadOnlyList<Guid> Units,
    string Digest,
    long Length,
    [property: JsonPropertyName("nbf")] DateTimeOffset NotBefore,
    [property: JsonPropertyName("exp")] DateTimeOffset Expires
) : AirDocument<Package>, IAirDocument<Package>
{
    public const long MostBytes = 256L * 1024 * 1024;

    public static string Type => "loa-package";

    public static JsonTypeInfo<Package> Shape => AirJson.Default.Package;

    public bool IsWithinBounds() =>
        Version > 0
        && Bounds.Named(Label, 64)
        && Bounds.FewWith(Models, 20, model => Bounds.Named(model, 64))
        && Bounds.Few(Units, Bounds.Units)
        && Bounds.IsDigest(Digest)
        && Length is > 0 and <= MostBytes;
}
