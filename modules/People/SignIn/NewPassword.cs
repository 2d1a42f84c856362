using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>Puts a password that an officer chose in place of the one before, and ends his sessions but the one he chose it in.</summary>
sealed class NewPassword(
    PeopleDb db,
    UserManager<Account> manager,
    EasyPassword easy,
    SessionEnds ends,
    OfficerCases officers
)
{
    /// <param name="opened">As the door let it in: when its password is another by now, somebody was faster.</param>
    public async Task<Account> Set(Account opened, string password, Guid? session, CancellationToken cancel)
    {
        var (officerId, hash) = (opened.Id, opened.PasswordHash);
        Account? account = null;
        await ends.With(
            officerId,
            SessionEnd.Password,
            async () =>
            {
                account = await Put(officerId, hash, TypedText.Password(password), cancel);
                await officers.MoveOneself(officerId, OfficerProcedure.ChangePassword, cancel);
            },
            cancel,
            except: session
        );
        return account!;
    }

    async Task<Account> Put(Guid officerId, string? hash, string password, CancellationToken cancel)
    {
        var account =
            await db.Accounts.FirstOrDefaultAsync(a => a.Id == officerId, cancel)
            ?? throw new MissingException("officer");
        Refuse.If(account.PasswordHash != hash, "sign-in.failed");
        foreach (var rule in manager.PasswordValidators)
            Refuse.Unless(
                (await rule.ValidateAsync(manager, account, password)).Succeeded,
                "password.weak",
                manager.Options.Password.RequiredLength
            );
        Refuse.If(await easy.Is(password, account, cancel), "password.easy");
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
