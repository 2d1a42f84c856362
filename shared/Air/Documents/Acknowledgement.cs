using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>
/// The server's word, signed by its delegated key, that all records up to this one are stored for ever: only on it a speaker
/// lets go of its proofs.
/// </summary>
/// <param name="Hash">Digest of record <paramref name="Seq"/>; empty before the first.</param>
/// <param name="Nonce">What the speaker gave with its state on this very connection: who repeats it was there.</param>
/// <param name="Refused">The record that was not stored, and why.</param>
public sealed record Acknowledgement(
    Guid Speaker,
    long Seq,
    string Hash,
    DateTimeOffset At,
    string? Nonce = null,
    RefusedRecord? Refused = null
) : AirDocument<Acknowledgement>, IAirDocument<Acknowledgement>
{
    public static string Type => "loa-ack";

    public static JsonTypeInfo<Acknowledgement> Shape => AirJson.Default.Acknowledgement;

    public bool IsWithinBounds() =>
        (Seq == 0 ? Hash.Length == 0 : Seq > 0 && Bounds.IsDigest(Hash))
        && (Nonce is null || Bounds.IsNonce(Nonce))
        && (Refused is null || Refused.IsWithinBounds());
}

/// <summary>A record that the server did not store.</summary>
public sealed record RefusedRecord(long Seq, string Reason)
{
    internal bool IsWithinBounds() => Seq > 0 && Bounds.Named(Reason, 64);
}
