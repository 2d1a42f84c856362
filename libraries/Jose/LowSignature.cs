namespace Loa.Jose;

/// <summary>The one spelling of a signature: of s and n − s, which verify alike, the smaller.</summary>
/// <remarks>
/// Whoever passes a document on could exchange the two without the key, and it would be the same document by another digest.
/// </remarks>
static class LowSignature
{
    const int Half = P256.CoordinateBytes;

    // The order of the curve, and half of it.
    static readonly byte[] order = Convert.FromHexString(
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
    );
    static readonly byte[] halfOrder = Convert.FromHexString(
        "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8"
    );

    /// <summary>Whether r and s are in 1 … n−1, and s in the lower half.</summary>
    public static bool Is(ReadOnlySpan<byte> signature) =>
        IsEither(signature) && signature[Half..].SequenceCompareTo(halfOrder) <= 0;

    /// <summary>Whether r and s are in 1 … n−1.</summary>
    public static bool IsEither(ReadOnlySpan<byte> signature) =>
        signature.Length == P256.SignatureBytes && IsNumber(signature[..Half]) && IsNumber(signature[Half..]);

    /// <summary>Exchanges s and n − s where that makes it the smaller.</summary>
    public static void Make(Span<byte> signature)
    {
        if (IsEither(signature) && !Is(signature))
            Turn(signature);
    }

    /// <summary>Exchanges s and n − s.</summary>
    public static void Turn(Span<byte> signature)
    {
        var s = signature[Half..];
        var borrow = 0;
        for (var i = Half - 1; i >= 0; i--)
        {
            var left = order[i] - s[i] - borrow;
            borrow = left < 0 ? 1 : 0;
            s[i] = (byte)left;
        }
    }

    static bool IsNumber(ReadOnlySpan<byte> number) =>
        number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(order) < 0;
}
