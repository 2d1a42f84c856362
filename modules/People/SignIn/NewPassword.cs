using Loa.Kernel;
using Loa.People.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>Puts a password that an officer chose in place of the one before, and ends his sessions.</summary>
sealed class NewPassword(PeopleDb db, UserManager<Account> manager)
{
    public async Task<Account> Set(Guid officerId, string password, CancellationToken cancel)
    {
        var account =
            await db.Accounts.FirstOrDefaultAsync(a => a.Id == officerId, cancel)
            ?? throw new MissingException("officer");
        foreach (var rule in manager.PasswordValidators)
            Refuse.Unless(
                (await rule.ValidateAsync(manager, account, password)).Succeeded,
                "password.weak",
                manager.Options.Password.RequiredLength
            );
        Refuse.If(IsTheOldOne(account, password), "password.same");
        account.PasswordHash = manager.PasswordHasher.HashPassword(account, password);
        account.SecurityStamp = Passwords.NewStamp();
        account.InvitedUntil = null;
        return account;
    }

    bool IsTheOldOne(Account account, string password) =>
        account.PasswordHash is { } hash
        && manager.PasswordHasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed;
}
