using Loa.Jose;

namespace Loa.Air;

/// <summary>A document together with the compact text it was read from.</summary>
public sealed record Signed<T>(T Document, JwsDocument Jws)
    where T : class
{
    public string Compact => Jws.Compact;

    public string KeyId => Jws.KeyId;

    /// <summary>SHA-256 of the compact text in lower-case hex.</summary>
    public string Digest => Jws.Digest;

    public bool IsSignedBy(PublicKey key) => Jws.TryVerify(key);

    /// <param name="orTwin">Whether the signature may have its other spelling, as speakers of before make it.</param>
    public bool IsSignedBy(PublicKey key, bool orTwin) => orTwin ? Jws.TryVerifyEither(key) : Jws.TryVerify(key);
}
