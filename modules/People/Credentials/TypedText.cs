using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Loa.People.Credentials;

/// <summary>What people type to sign in, brought to one form: keyboards write the same letters in different ways.</summary>
static class TypedText
{
    /// <summary>NFC, as it is hashed since hashes know a normal form.</summary>
    public static string Password(string typed) => typed.Normalize(NormalizationForm.FormC);

    /// <summary>Without blanks around it and without signs that cannot be seen.</summary>
    public static string UserName(string typed) =>
        string.Concat(
                typed.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            )
            .Normalize(NormalizationForm.FormC)
            .Trim();

    public static string UserName(string typed, ILookupNormalizer normalizer) =>
        normalizer.NormalizeName(UserName(typed));
}
