using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Loa.Jose;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A speaker's public key as vendors write it into lists. All that is kept is its name, the thumbprint: it binds the key
/// as well as the key itself, because the speaker shows the whole key when it introduces itself.
/// </summary>
static class KeyText
{
    static readonly SearchValues<char> alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    const int ThumbprintLength = 43;
    const int ThumbprintBytes = 32;

    /// <summary>The key's id; null when the text is no P-256 key in any of the forms.</summary>
    public static string? KeyId(string text)
    {
        if (text.Length == ThumbprintLength)
            return IsThumbprint(text) ? text : null;
        return text.StartsWith('{') ? FromJwk(text) : FromSpki(text);
    }

    public static string? KeyId(string x, string y) =>
        PublicKey.TryFrom(new Jwk("EC", "P-256", x, y), out var key) ? key.KeyId : null;

    static bool IsThumbprint(string text)
    {
        // The decoder throws on what is not of its alphabet.
        if (text.AsSpan().ContainsAnyExcept(alphabet))
            return false;
        Span<byte> bytes = stackalloc byte[ThumbprintBytes + 1];
        return System.Buffers.Text.Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == ThumbprintBytes
            && System.Buffers.Text.Base64Url.EncodeToString(bytes[..written]) == text;
    }

    static string? FromJwk(string text)
    {
        try
        {
            return PublicKey.TryFrom(JsonSerializer.Deserialize<Jwk>(text), out var key) ? key.KeyId : null;
        }
        catch (JsonException)
        {
            // The text comes from a person; the null is told to him.
            return null;
        }
    }

    static string? FromSpki(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportSubjectPublicKeyInfo(bytes.AsSpan(0, length), out var read);
            var point = ec.ExportParameters(includePrivateParameters: false);
            if (read != length || point.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                return null;
            return KeyId(
                System.Buffers.Text.Base64Url.EncodeToString(point.Q.X),
                System.Buffers.Text.Base64Url.EncodeToString(point.Q.Y)
            );
        }
        catch (CryptographicException)
        {
            // As above: not a key.
            return null;
        }
    }
}
