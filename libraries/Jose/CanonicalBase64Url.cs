using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Loa.Jose;

/// <summary>base64url with exactly one spelling per value: no padding, no white space, unused bits zero.</summary>
/// <remarks>A second spelling of the same bytes would give the same document two digests.</remarks>
static class CanonicalBase64Url
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    static readonly SearchValues<char> alphabet = SearchValues.Create(Alphabet);

    public static bool IsValid(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(alphabet) && text.Length % 4 != 1 && UnusedBitsAreZero(text);

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
        return bytes is not null;
    }

    static bool UnusedBitsAreZero(ReadOnlySpan<char> text) =>
        (text.Length % 4) switch
        {
            2 => (Alphabet.IndexOf(text[^1]) & 0b1111) == 0,
            3 => (Alphabet.IndexOf(text[^1]) & 0b11) == 0,
            _ => true,
        };
}
