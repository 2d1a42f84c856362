using System.Buffers;
using System.Text;

namespace Loa.Jose;

/// <summary>A signed document as it was read: nothing in it may be believed before <see cref="TryVerify"/> said yes.</summary>
public sealed class JwsDocument
{
    readonly byte[] signature;
    readonly byte[] payload;
    string? digest;

    internal JwsDocument(string compact, string type, string keyId, byte[] payload, byte[] signature)
    {
        Compact = compact;
        Type = type;
        KeyId = keyId;
        this.payload = payload;
        this.signature = signature;
    }

    public string Compact { get; }

    public string Type { get; }

    public string KeyId { get; }

    public ReadOnlySpan<byte> Payload => payload;

    /// <summary>SHA-256 of the compact text in lower-case hex: the document's name and fingerprint.</summary>
    public string Digest => digest ??= Jws.Digest(Compact);

    /// <summary>Whether this key signed it; false as well when the document names another key.</summary>
    public bool TryVerify(PublicKey key) => TryVerify(key, key.VerifyLow);

    /// <summary>The same whichever of its two spellings the signature has: only for what cannot have a second name by it.</summary>
    public bool TryVerifyEither(PublicKey key) => TryVerify(key, key.Verify);

    bool TryVerify(PublicKey key, Check isGood)
    {
        if (key.KeyId != KeyId)
            return false;
        var length = Compact.LastIndexOf('.');
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encoding.ASCII.GetBytes(Compact.AsSpan(0, length), rented);
            return isGood(rented.AsSpan(0, length), signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    delegate bool Check(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
