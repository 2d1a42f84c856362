using System.Text.Json.Serialization;
using Loa.Jose;

namespace Loa.Speaker.Enrolling;

/// <summary>A claim code that is being shown, and where to ask whether somebody typed it.</summary>
/// <param name="Code">The server's half.</param>
/// <param name="At">The server that was asked.</param>
/// <param name="Root">The root it named; it is obeyed only once the speaker is claimed. Absent in what older software noted.</param>
/// <param name="Nonce">Sealed when the speaker introduced itself.</param>
/// <param name="IsOpened">The server knows the nonce.</param>
/// <param name="Authority">The one that may vouch for the server by TLS (PEM); the public ones when absent.</param>
/// <param name="Kid">With which key it introduced itself. Absent in what older software noted: with its only one.</param>
sealed record PendingEnrolment(
    Guid Id,
    string Code,
    DateTimeOffset Expires,
    string Server,
    string Mqtt,
    Uri? At = null,
    Jwk? Root = null,
    string Nonce = "",
    bool IsOpened = false,
    string? Kid = null,
    string? Authority = null
)
{
    [JsonIgnore]
    public PublicKey? RootKey => PublicKey.TryFrom(Root, out var key) ? key : null;
}
