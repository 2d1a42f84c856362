using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Loa.Jose;

/// <summary>One P-256 key that many threads may use at once.</summary>
/// <remarks>
/// The framework does not promise that an <see cref="ECDsa"/> may be shared, so each use borrows one; the last one
/// returned waits for the next use, because importing a key costs as much as a signature.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "A key lives as long as whoever holds it, often in a cache; its safe handle frees it."
)]
sealed class EcKey(ECParameters parameters)
{
    ECDsa? idle;

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var borrowed = Borrow();
        try
        {
            var signature = borrowed.SignData(
                data,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
            LowSignature.Make(signature);
            return signature;
        }
        finally
        {
            Return(borrowed);
        }
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var borrowed = Borrow();
        try
        {
            return borrowed.VerifyData(
                data,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
        }
        finally
        {
            Return(borrowed);
        }
    }

    ECDsa Borrow() => Interlocked.Exchange(ref idle, null) ?? ECDsa.Create(parameters);

    void Return(ECDsa borrowed) => Interlocked.Exchange(ref idle, borrowed)?.Dispose();
}
