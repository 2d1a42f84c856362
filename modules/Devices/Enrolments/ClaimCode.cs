using System.Security.Cryptography;
using Loa.Air;

namespace Loa.Devices.Enrolments;

/// <summary>The code a speaker shows until it is claimed: 8 signs that cannot be mistaken for one another.</summary>
/// <remarks>
/// A speaker of today is given four, the first of them a digit, and adds four of its own (<see cref="ClaimCheck"/>); one of
/// before is given all eight, the first of them a letter: nobody can pass the one off as the other.
/// </remarks>
static class ClaimCode
{
    const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    const string Digits = "23456789";
    const int Length = 2 * ClaimCheck.HalfLength;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>All of it, for a speaker of before.</summary>
    public static string New() => Beginning(Letters, Length);

    /// <summary>The server's half.</summary>
    public static string NewHalf() => Beginning(Digits, ClaimCheck.HalfLength);

    public static string Shown(string code) =>
        code.Length == Length ? $"{code[..ClaimCheck.HalfLength]}-{code[ClaimCheck.HalfLength..]}" : code;

    static string Beginning(string with, int length) =>
        RandomNumberGenerator.GetString(with, 1) + RandomNumberGenerator.GetString(ClaimCheck.Alphabet, length - 1);

    /// <summary>As typed by a person: any case, with dashes, dots and blanks wherever he likes. Null when it cannot be one.</summary>
    public static string? Read(string typed)
    {
        Span<char> code = stackalloc char[Length];
        var length = 0;
        foreach (var sign in typed)
        {
            if (sign is '-' or '.' or '–' or '_' || char.IsWhiteSpace(sign))
                continue;
            var upper = char.ToUpperInvariant(sign);
            if (length == Length || !ClaimCheck.Alphabet.Contains(upper))
                return null;
            code[length++] = upper;
        }
        return length == Length ? new string(code) : null;
    }
}
