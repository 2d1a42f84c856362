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
}
