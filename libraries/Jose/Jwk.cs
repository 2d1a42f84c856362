using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Loa.Jose;

/// <summary>A P-256 public key as JSON (RFC 7517); nothing is promised about it until it becomes a <see cref="PublicKey"/>.</summary>
public sealed record Jwk(
    [property: JsonPropertyName("kty")] string Kty,
    [property: JsonPropertyName("crv")] string Crv,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y
)
{
    /// <summary>RFC 7638: SHA-256 over the required members in alphabetical order, without white space.</summary>
    public string Thumbprint() =>
        Base64Url.EncodeToString(
            SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}"""))
        );
}
