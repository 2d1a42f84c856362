using System.Text.Json.Serialization.Metadata;
using Loa.Jose;

namespace Loa.Air;

/// <summary>A speaker's proof, for one connection to one server, that it holds its key.</summary>
/// <param name="Protocol">Which rules it knows (<see cref="AirProtocol"/>).</param>
public sealed record ConnectionProof(Guid Speaker, string Server, string Nonce, int? Protocol = null)
    : AirDocument<ConnectionProof>,
        IAirDocument<ConnectionProof>
{
    /// <summary>The MQTT 5 authentication method.</summary>
    public const string Method = "LOA-ES256";

    public static string Type => "loa-proof";

    public static JsonTypeInfo<ConnectionProof> Shape => AirJson.Default.ConnectionProof;

    /// <summary>Whether the proof is this speaker's, for this server and for the nonce just given.</summary>
    /// <param name="letOld">Whether a speaker of before, which says so, may sign with either s.</param>
    /// <remarks>A proof for another server or nonce was made for another connection, so it is out of date here.</remarks>
    public static Verdict<ConnectionProof> Verify(
        string? compact,
        Guid speaker,
        PublicKey key,
        string server,
        string nonce,
        bool letOld = false
    )
    {
        if (!TryRead(compact, out var read, out var refusal))
            return Verdict<ConnectionProof>.Refused(refusal);
        var proof = read.Document;
        var reason =
            Check.That(read.KeyId == key.KeyId && proof.Speaker == speaker, Refusal.KeyUnknown)
            ?? Check.That(read.IsSignedBy(key, letOld && AirProtocol.IsOld(proof.Protocol)), Refusal.JwsSignature)
            ?? Check.That(proof.Server == server && proof.Nonce == nonce, Refusal.DocumentExpired);
        return Verdict<ConnectionProof>.Of(read, reason);
    }

    public bool IsWithinBounds() =>
        Bounds.Named(Server, 253) && Bounds.IsNonce(Nonce) && AirProtocol.IsWithinBounds(Protocol);
}
