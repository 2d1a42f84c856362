using System.Buffers.Text;
using System.Text;

namespace Loa.Jose;

/// <summary>The only header there is: <c>{"alg":"ES256","typ":"…","kid":"…"}</c>, byte for byte.</summary>
/// <remarks>
/// It is compared, not parsed: what has one spelling leaves no room for doubled, extra, escaped or reordered members.
/// </remarks>
static class JwsHeader
{
    public const int KeyIdLength = 43;

    const int MaxTypeLength = 40;
    const string Algorithm = "{\"alg\":\"";
    const string BeforeType = "{\"alg\":\"ES256\",\"typ\":\"";
    const string BeforeKeyId = "\",\"kid\":\"";
    const string End = "\"}";

    // In base64url a header of the longest type is not longer than this.
    static readonly int maxEncodedLength = Base64Url.GetEncodedLength(
        BeforeType.Length + MaxTypeLength + BeforeKeyId.Length + KeyIdLength + End.Length
    );

    public static string Write(string type, string keyId)
    {
        if (!IsType(type) || !IsKeyId(keyId))
            throw new ArgumentException("A type is lower-case words joined by '-', a key id an RFC 7638 thumbprint.");
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(BeforeType + type + BeforeKeyId + keyId + End));
    }

    public static JwsError TryRead(ReadOnlySpan<char> encoded, out string type, out string keyId)
    {
        type = keyId = "";
        if (encoded.Length > maxEncodedLength || !CanonicalBase64Url.TryDecode(encoded, out var bytes))
            return JwsError.Malformed;
        ReadOnlySpan<char> header = Encoding.Latin1.GetString(bytes);
        if (!header.StartsWith(BeforeType))
            return NamesAnotherAlgorithm(header) ? JwsError.Algorithm : JwsError.Malformed;
        var rest = header[BeforeType.Length..];
        var typeLength = rest.IndexOf('"');
        if (typeLength < 0 || rest.Length != typeLength + BeforeKeyId.Length + KeyIdLength + End.Length)
            return JwsError.Malformed;
        var afterType = rest[typeLength..];
        var id = afterType.Slice(BeforeKeyId.Length, KeyIdLength);
        if (!afterType.StartsWith(BeforeKeyId) || !afterType.EndsWith(End))
            return JwsError.Malformed;
        if (!IsType(rest[..typeLength]) || !IsKeyId(id))
            return JwsError.Malformed;
        type = rest[..typeLength].ToString();
        keyId = id.ToString();
        return JwsError.None;
    }

    static bool NamesAnotherAlgorithm(ReadOnlySpan<char> header) =>
        header.StartsWith(Algorithm) && !header[Algorithm.Length..].StartsWith("ES256\"");

    static bool IsType(ReadOnlySpan<char> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetterLower(letter) && letter != '-')
                return false;
        }
        return type.Length is > 0 and <= MaxTypeLength;
    }

    static bool IsKeyId(ReadOnlySpan<char> keyId) => keyId.Length == KeyIdLength && CanonicalBase64Url.IsValid(keyId);
}
