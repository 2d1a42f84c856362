using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Loa.Jose;

/// <summary>The curve NIST P-256: which pairs of coordinates are a public key.</summary>
static class P256
{
    public const int CoordinateBytes = 32;

    public const int SignatureBytes = 64;

    public const string ObjectIdentifier = "1.2.840.10045.3.1.7";

    static readonly BigInteger prime = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    static readonly BigInteger b = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    /// <summary>y² = x³ − 3x + b (mod p); the curve has cofactor 1, so every point on it is a good key.</summary>
    public static bool IsOnCurve(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != CoordinateBytes || y.Length != CoordinateBytes)
            return false;
        var across = new BigInteger(x, isUnsigned: true, isBigEndian: true);
        var up = new BigInteger(y, isUnsigned: true, isBigEndian: true);
        if (across >= prime || up >= prime)
            return false;
        var difference = (up * up) - ((across * across * across) - (3 * across) + b);
        return (difference % prime).IsZero;
    }

    public static ECParameters Parameters(byte[] x, byte[] y) =>
        new()
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x, Y = y },
        };

    static BigInteger Hex(string digits) =>
        BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
