using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Loa.Air;

/// <summary>
/// The second half of a claim code, which speaker and server each compute from the keys they saw: whoever stands between
/// them and exchanged a root or a key made two codes of one.
/// </summary>
/// <remarks>
/// Four signs could be met by trying keys. So the speaker seals a nonce before it hears root and code, and opens it only
/// afterwards: whoever is to choose a root does not yet know what it will have to match.
/// </remarks>
public static class ClaimCheck
{
    /// <summary>The signs of claim codes: none can be mistaken for another.</summary>
    public const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>How many signs each half of a code has.</summary>
    public const int HalfLength = 4;

    const int GroupsOfRoot = 4;
    const ulong Group = 10_000;

    static readonly SearchValues<char> signs = SearchValues.Create(Alphabet);

    /// <summary>What a speaker says of its nonce before it shows it: SHA-256 in base64url.</summary>
    public static string Seal(string nonce) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(nonce)));

    /// <summary>The four signs after the four that the server gave.</summary>
    public static string Signs(string rootId, string speakerId, string code, string nonce)
    {
        var number = Number($"loa-claim {rootId} {speakerId} {code} {nonce}");
        Span<char> check = stackalloc char[HalfLength];
        for (var i = HalfLength - 1; i >= 0; i--)
        {
            check[i] = Alphabet[(int)(number % (ulong)Alphabet.Length)];
            number /= (ulong)Alphabet.Length;
        }
        return new string(check);
    }

    /// <summary>Whether the server's half begins with a digit, which no code of before does that it gives whole.</summary>
    public static bool IsHalf(string code) =>
        code.Length == HalfLength && char.IsAsciiDigit(code[0]) && !code.AsSpan().ContainsAnyExcept(signs);

    /// <summary>The root's number: four times four digits by which people compare what they see at two places.</summary>
    public static string RootNumber(string rootId)
    {
        var number = Number($"loa-root {rootId}");
        var groups = new string[GroupsOfRoot];
        for (var i = GroupsOfRoot - 1; i >= 0; i--)
        {
            groups[i] = $"{number % Group:d4}";
            number /= Group;
        }
        return string.Join(' ', groups);
    }

    static ulong Number(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
