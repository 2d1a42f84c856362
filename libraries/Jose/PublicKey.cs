using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Loa.Jose;

/// <summary>A P-256 public key known to be a point of the curve: it can verify, and it has a name.</summary>
public sealed class PublicKey
{
    readonly EcKey key;

    PublicKey(byte[] x, byte[] y)
    {
        Jwk = new Jwk("EC", "P-256", Base64Url.EncodeToString(x), Base64Url.EncodeToString(y));
        KeyId = Jwk.Thumbprint();
        key = new EcKey(P256.Parameters(x, y));
    }

    public Jwk Jwk { get; }

    /// <summary>The RFC 7638 thumbprint, which is the key's name everywhere.</summary>
    public string KeyId { get; }

    public static bool TryFrom(Jwk? jwk, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (jwk is not { Kty: "EC", Crv: "P-256", X.Length: 43, Y.Length: 43 })
            return false;
        if (!CanonicalBase64Url.TryDecode(jwk.X, out var x) || !CanonicalBase64Url.TryDecode(jwk.Y, out var y))
            return false;
        if (!P256.IsOnCurve(x, y))
            return false;
        key = new PublicKey(x, y);
        return true;
    }

    /// <summary>Whether the 64 bytes r‖s sign the data, as ECDSA has it: with n − s they do as well; never throws, whatever they are.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        LowSignature.IsEither(signature) && key.Verify(data, signature);

    /// <summary>The same for the one of the two that documents have: s is the smaller.</summary>
    public bool VerifyLow(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        LowSignature.Is(signature) && key.Verify(data, signature);

    internal static PublicKey From(ECPoint point) => new(point.X!, point.Y!);
}
