using System.Security.Cryptography;

namespace Loa.Devices.Enrolments;

/// <summary>The code a speaker shows until it is claimed: 8 signs that cannot be mistaken for one another.</summary>
static class ClaimCode
{
    const string Signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    const int Length = 8;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static string New() => RandomNumberGenerator.GetString(Signs, Length);

    public static string Shown(string code) => $"{code[..4]}-{code[4..]}";

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
            if (length == Length || !Signs.Contains(upper))
                return null;
            code[length++] = upper;
        }
        return length == Length ? new string(code) : null;
    }
}
