using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Loa.Jose;

namespace Loa.Bench.UnderTest;

/// <summary>
/// A speaker's key whose signatures are prepared as far as ECDSA allows before the message is known: k, r = (kG).x and k⁻¹.
/// With the message one multiplication is left. The signature is as real as any; only the moment at which the load side's
/// processor works for ten thousand speakers, which in the field each have their own, is another.
/// </summary>
sealed class ForehandKey
{
    static readonly BigInteger order = BigInteger.Parse(
        "115792089210356248762697446949407573529996955224135760342422259061068512044369",
        System.Globalization.CultureInfo.InvariantCulture
    );

    readonly BigInteger secret;
    BigInteger r;
    BigInteger inverse;
    bool isPrepared;

    public ForehandKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        secret = Number(parameters.D!);
        var jwk = new Jwk(
            "EC",
            "P-256",
            Base64Url.EncodeToString(parameters.Q.X),
            Base64Url.EncodeToString(parameters.Q.Y)
        );
        Public = PublicKey.TryFrom(jwk, out var made)
            ? made
            : throw new InvalidOperationException("A fresh key is a key.");
    }

    public PublicKey Public { get; }

    /// <summary>For one signature; each needs its own.</summary>
    public void Prepare()
    {
        if (isPrepared)
            return;
        using var once = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = once.ExportParameters(includePrivateParameters: true);
        r = Number(parameters.Q.X!) % order;
        inverse = BigInteger.ModPow(Number(parameters.D!), order - 2, order);
        isPrepared = true;
    }

    /// <summary>The JWS over a draft (header and payload).</summary>
    public string Sign(string draft)
    {
        Prepare();
        // Never twice with one k: it would give the key away.
        isPrepared = false;
        var hash = Number(SHA256.HashData(Encoding.ASCII.GetBytes(draft)));
        var s = inverse * (hash + (r * secret)) % order;
        s = BigInteger.Min(s, order - s);
        var signature = new byte[64];
        Write(r, signature.AsSpan(0, 32));
        Write(s, signature.AsSpan(32));
        return Jws.Complete(draft, signature);
    }

    static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    static void Write(BigInteger number, Span<byte> target)
    {
        target.Clear();
        var length = number.GetByteCount(isUnsigned: true);
        if (!number.TryWriteBytes(target[(32 - length)..], out _, isUnsigned: true, isBigEndian: true))
            throw new InvalidOperationException("A number below the order has 32 bytes.");
    }
}
