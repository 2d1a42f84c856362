using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Loa.Jose;

/// <summary>Signed documents in the compact form of RFC 7515, with ES256 and nothing else.</summary>
public static class Jws
{
    // 64 bytes in base64url.
    const int SignatureLength = 86;

    public static string Sign(SigningKey key, string type, ReadOnlySpan<byte> payload)
    {
        var draft = Draft(type, key.KeyId, payload);
        return Complete(draft, key.Sign(Encoding.ASCII.GetBytes(draft)));
    }

    /// <summary>What is to be signed, for a key that lives elsewhere (a browser, a token).</summary>
    public static string Draft(string type, string keyId, ReadOnlySpan<byte> payload) =>
        $"{JwsHeader.Write(type, keyId)}.{Base64Url.EncodeToString(payload)}";

    /// <summary>Joins a draft and its 64 byte signature; whether the signature is good is for the verifier to say.</summary>
    public static string Complete(string draft, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != P256.SignatureBytes)
            throw new ArgumentException("An ES256 signature has 64 bytes.", nameof(signature));
        return $"{draft}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Takes a compact text apart without believing it.</summary>
    public static bool TryRead(
        string? compact,
        int maxLength,
        [NotNullWhen(true)] out JwsDocument? document,
        out JwsError error
    )
    {
        document = null;
        error = Split(compact, maxLength, out var header, out var payload, out var signature);
        if (error != JwsError.None)
            return false;
        error = JwsHeader.TryRead(header, out var type, out var keyId);
        if (error != JwsError.None)
            return false;
        if (
            !CanonicalBase64Url.TryDecode(payload, out var payloadBytes)
            || !CanonicalBase64Url.TryDecode(signature, out var signatureBytes)
        )
        {
            error = JwsError.Malformed;
            return false;
        }
        document = new JwsDocument(compact!, type, keyId, payloadBytes, signatureBytes);
        return true;
    }

    /// <summary>SHA-256 of a compact text in lower-case hex: the document's name and fingerprint.</summary>
    public static string Digest(string compact) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(compact)));

    /// <summary>The same document with the one signature that readers take: for what was signed before there was only one.</summary>
    /// <remarks>It needs no key and proves nothing. A text that is none comes back as it is.</remarks>
    public static string Low(string compact) =>
        SignatureOf(compact) is { } signature && LowSignature.IsEither(signature) && !LowSignature.Is(signature)
            ? Turned(compact, signature)
            : compact;

    /// <summary>The same document with its other signature; a text that is none comes back as it is.</summary>
    public static string Twin(string compact) =>
        SignatureOf(compact) is { } signature && LowSignature.IsEither(signature)
            ? Turned(compact, signature)
            : compact;

    /// <summary>Whether this digest is the document's name, by either of its signatures.</summary>
    public static bool IsNamed(string compact, string digest) =>
        Digest(compact) == digest || Digest(Twin(compact)) == digest;

    static byte[]? SignatureOf(string compact)
    {
        var last = compact.LastIndexOf('.');
        return
            compact.Length - last - 1 == SignatureLength
            && CanonicalBase64Url.TryDecode(compact.AsSpan(last + 1), out var signature)
            ? signature
            : null;
    }

    static string Turned(string compact, byte[] signature)
    {
        LowSignature.Turn(signature);
        return Complete(compact[..compact.LastIndexOf('.')], signature);
    }

    static JwsError Split(
        ReadOnlySpan<char> compact,
        int maxLength,
        out ReadOnlySpan<char> header,
        out ReadOnlySpan<char> payload,
        out ReadOnlySpan<char> signature
    )
    {
        header = payload = signature = default;
        if (compact.Length > maxLength)
            return JwsError.Size;
        var first = compact.IndexOf('.');
        var last = compact.LastIndexOf('.');
        if (first <= 0 || last <= first + 1 || compact.Length - last - 1 != SignatureLength)
            return JwsError.Malformed;
        header = compact[..first];
        payload = compact[(first + 1)..last];
        signature = compact[(last + 1)..];
        return JwsError.None;
    }
}
