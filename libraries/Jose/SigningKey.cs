using System.Security.Cryptography;

namespace Loa.Jose;

/// <summary>A P-256 private key: it signs, and it can be kept as PEM (PKCS #8), under a passphrase if wished.</summary>
public sealed class SigningKey
{
    // OWASP's figure for PBKDF2-HMAC-SHA256; a root key is opened by hand, so half a second is no loss.
    const int Iterations = 600_000;

    readonly EcKey key;
    readonly byte[] pkcs8;

    SigningKey(ECDsa ecdsa)
    {
        var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
        key = new EcKey(parameters);
        pkcs8 = ecdsa.ExportPkcs8PrivateKey();
        Public = PublicKey.From(parameters.Q);
    }

    public PublicKey Public { get; }

    public string KeyId => Public.KeyId;

    public static SigningKey Create()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(ecdsa);
    }

    /// <summary>Reads a PEM private key; throws <see cref="CryptographicException"/> when it is none of ours.</summary>
    public static SigningKey FromPem(string pem, string? passphrase = null)
    {
        using var ecdsa = ECDsa.Create();
        try
        {
            if (passphrase is null)
                ecdsa.ImportFromPem(pem);
            else
                ecdsa.ImportFromEncryptedPem(pem, passphrase);
        }
        catch (ArgumentException unreadable)
        {
            throw new CryptographicException("Not a private key in PEM, or it needs a passphrase.", unreadable);
        }
        var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve;
        if (!curve.IsNamed || curve.Oid.Value != P256.ObjectIdentifier)
            throw new CryptographicException("Not a key on the curve P-256.");
        return new SigningKey(ecdsa);
    }

    public string ToPem(string? passphrase = null)
    {
        if (passphrase is null)
            return PemEncoding.WriteString("PRIVATE KEY", pkcs8) + "\n";
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        var protection = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations);
        return ecdsa.ExportEncryptedPkcs8PrivateKeyPem(passphrase, protection) + "\n";
    }

    /// <summary>Opens a key file, which nobody but its owner may be able to read.</summary>
    public static SigningKey Load(string path, string? passphrase = null) =>
        FromPem(PrivateFile.Read(path), passphrase);

    /// <summary>Writes a new key file that only its owner may read; a key that is there is never replaced.</summary>
    public void Save(string path, string? passphrase = null) => PrivateFile.Create(path, ToPem(passphrase));

    /// <summary>The 64 bytes r‖s.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => key.Sign(data);
}
