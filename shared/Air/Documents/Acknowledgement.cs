using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>
/// The server's word, signed by its delegated key, that all records up to this one are stored for ever: only on it a speaker
/// lets go of its proofs.
/// </summary>
/// <param name="Hash">Digest of record <paramref name="Seq"/>; empty before the first.</param>
/// <param name="Nonce">What the speaker gave with its state on this very connection: who repeats it was there.</param>
/// <param name="Refused">The record that was not stored, and why.</param>
/// <param name="Head">A head of the server's ledger, for the speaker to write into its chain.</param>
public sealed record Acknowledgement(
    Guid Speaker,
    long Seq,
    string Hash,
    DateTimeOffset At,
    string? Nonce = null,
    RefusedRecord? Refused = null,
    NotedHead? Head = null
) : AirDocument<Acknowledgement>, IAirDocument<Acknowledgement>
{
    public static string Type => "loa-ack";

    public static JsonTypeInfo<Acknowledgement> Shape => AirJson.Default.Acknowledgement;

    public bool IsWithinBounds() =>
        (Seq == 0 ? Hash.Length == 0 : Seq > 0 && Bounds.IsDigest(Hash))
        && (Nonce is null || Bounds.IsNonce(Nonce))
        && (Refused is null || Refused.IsWithinBounds())
        && (Head is null || Head.IsWithinBounds());
}

/// <summary>How far one module's ledger had come, and the hash of its last act.</summary>
public sealed record NotedHead(string Module, long Number, string Hash)
{
    internal bool IsWithinBounds() => Bounds.IsWord(Module) && Number > 0 && Bounds.IsDigest(Hash);
}

/// <summary>A record that the server did not store.</summary>
public sealed record RefusedRecord(long Seq, string Reason)
{
    internal bool IsWithinBounds() => Seq > 0 && Bounds.Named(Reason, 64);
}
