using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Loa.Jose;

[UnsupportedOSPlatform("windows")]
public sealed class KeyTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-keys-").FullName;

    // RFC 7515, appendix A.3.
    static readonly Jwk published = new(
        "EC",
        "P-256",
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    );

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_published_key_is_accepted_and_keeps_its_coordinates()
    {
        Assert.True(PublicKey.TryFrom(published, out var key));
        Assert.Equal(published, key.Jwk);
        // Computed with Python's hashlib over the RFC 7638 form.
        Assert.Equal("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U", key.KeyId);
    }

    [Fact]
    public void A_signature_published_by_the_rfc_verifies()
    {
        const string input =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const string signature =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

        Assert.True(PublicKey.TryFrom(published, out var key));
        Assert.True(
            key.Verify(
                System.Text.Encoding.ASCII.GetBytes(input),
                System.Buffers.Text.Base64Url.DecodeFromChars(signature)
            )
        );
    }

    [Fact]
    public void Only_points_of_the_curve_are_keys()
    {
        var zero = new string('A', 43);
        Jwk?[] wrong =
        [
            null,
            published with
            {
                Kty = "RSA",
            },
            published with
            {
                Crv = "P-384",
            },
            published with
            {
                Y = published.X,
            },
            published with
            {
                X = zero,
                Y = zero,
            },
            published with
            {
                X = published.X + "=",
            },
            published with
            {
                X = published.X[..42],
            },
            // The same bits with an unused bit set.
            published with
            {
                X = published.X[..42] + "V",
            },
            // x = p, which is 0 for careless arithmetic.
            published with
            {
                X = "_____wAAAAEAAAAAAAAAAAAAAAD_______________8",
            },
        ];

        Assert.All(wrong, jwk => Assert.False(PublicKey.TryFrom(jwk, out _)));
    }

    [Fact]
    public void Created_keys_are_on_the_curve()
    {
        for (var i = 0; i < 50; i++)
            Assert.True(PublicKey.TryFrom(SigningKey.Create().Public.Jwk, out _));
    }

    [Fact]
    public void A_saved_key_is_the_same_key_and_for_its_owner_only()
    {
        var key = SigningKey.Create();
        var path = Path.Combine(folder, "below", "speaker.pem");

        key.Save(path);

        Assert.Equal(key.KeyId, SigningKey.Load(path).KeyId);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_key_that_is_there_is_never_replaced()
    {
        var path = Path.Combine(folder, "root.pem");
        var first = SigningKey.Create();
        first.Save(path);

        Assert.Throws<IOException>(() => SigningKey.Create().Save(path));
        Assert.Equal(first.KeyId, SigningKey.Load(path).KeyId);
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_key_file_open_to_others_is_not_used()
    {
        var path = Path.Combine(folder, "open.pem");
        SigningKey.Create().Save(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Throws<CryptographicException>(() => SigningKey.Load(path));
    }

    [Fact]
    public void A_passphrase_is_needed_and_must_be_the_right_one()
    {
        var key = SigningKey.Create();
        var path = Path.Combine(folder, "root.pem");
        key.Save(path, "một câu dài");

        Assert.Equal(key.KeyId, SigningKey.Load(path, "một câu dài").KeyId);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(path));
        Assert.Throws<CryptographicException>(() => SigningKey.Load(path, "khác"));
        Assert.Throws<CryptographicException>(() => SigningKey.Load(path));
    }

    [Fact]
    public void A_key_on_another_curve_is_not_ours()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<CryptographicException>(() => SigningKey.FromPem(other.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<CryptographicException>(() => SigningKey.FromPem("no key at all"));
    }
}
