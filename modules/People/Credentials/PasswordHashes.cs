using Loa.People.Data;
using Microsoft.AspNetCore.Identity;

namespace Loa.People.Credentials;

/// <summary>What is stored of passwords, and whether a typed one belongs to it.</summary>
sealed class PasswordHashes(IPasswordHasher<Account> hasher)
{
    /// <summary>A hash that no password matches, for names that nobody has.</summary>
    public string Decoy { get; } = hasher.HashPassword(new Account(), Passwords.NewStamp());

    public string Of(Account account, string password) => hasher.HashPassword(account, TypedText.Password(password));

    /// <summary>In its normal form; a hash of old as it was typed, and then it is due for another.</summary>
    public PasswordVerificationResult Verify(string hash, string password)
    {
        var normal = TypedText.Password(password);
        var verdict = hasher.VerifyHashedPassword(new Account(), hash, normal);
        if (verdict != PasswordVerificationResult.Failed || normal == password)
            return verdict;
        return hasher.VerifyHashedPassword(new Account(), hash, password) == PasswordVerificationResult.Failed
            ? PasswordVerificationResult.Failed
            : PasswordVerificationResult.SuccessRehashNeeded;
    }
}
