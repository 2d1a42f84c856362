using System.Security.Cryptography;

namespace Loa.People.Credentials;

/// <summary>Secrets that we make up for people: read aloud over a telephone, typed on a phone, never guessed.</summary>
static class Passwords
{
    // No letter that looks like another.
    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Four groups of four: 80 bits.</summary>
    public static string Invent() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));

    /// <summary>Goes with each new password: browsers that know the account by the old one are strangers from then on.</summary>
    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
