using Loa.Cases;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Officers;
using Loa.People.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.SignIn;

/// <summary>
/// Tells whether name and password belong together. Unknown name, wrong password, locked account:
/// one answer, after the same work, so that nobody learns who has an account.
/// </summary>
sealed class PasswordCheck(
    PeopleDb db,
    ILookupNormalizer normalizer,
    PasswordHashes hashes,
    Attempts attempts,
    PasswordWork work,
    SignInLog log,
    TimeProvider clock
)
{
    /// <summary>The account; null when the answer is no. The attempt is counted and noted.</summary>
    public async Task<Account?> Run(string userName, string password, Visitor visitor, CancellationToken cancel)
    {
        var name = TypedText.UserName(userName, normalizer);
        var found = await db
            .Accounts.Where(a => a.NormalizedUserName == name && a.Id != Account.Nobody)
            .Select(a => new
            {
                a.Id,
                a.PasswordHash,
                a.SecurityStamp,
            })
            .FirstOrDefaultAsync(cancel);
        var who = found?.Id ?? Account.Nobody;
        var door = attempts.DoorOf(
            name,
            found is null ? null : new KnownAccount(found.Id, found.SecurityStamp),
            visitor
        );
        if (attempts.IsShut(door))
            return Refused(who, visitor, SignInOutcome.Shut);

        var hash = found?.PasswordHash ?? hashes.Decoy;
        var verdict = await work.Do(
            visitor,
            door.IsKnown,
            attempts.IsRough(visitor),
            () => attempts.IsShut(door) ? (PasswordVerificationResult?)null : hashes.Verify(hash, password),
            cancel
        );
        if (verdict is null)
            return Refused(who, visitor, SignInOutcome.Shut);
        if (found is null || verdict == PasswordVerificationResult.Failed)
            return Refused(who, visitor, attempts.Fail(door, visitor) ? SignInOutcome.LockedOut : SignInOutcome.Failed);
        var account = await db.Atomically(() => Judge(found.Id, hash, password, verdict.Value, cancel), cancel);
        if (account is null)
            return Refused(who, visitor, SignInOutcome.Failed);
        attempts.Succeed(door);
        return account;
    }

    Account? Refused(Guid who, Visitor visitor, string outcome)
    {
        log.Note(who, visitor, outcome);
        return null;
    }

    async Task<Account?> Judge(
        Guid id,
        string hash,
        string password,
        PasswordVerificationResult verdict,
        CancellationToken cancel
    )
    {
        var account = await db.Accounts.FirstAsync(a => a.Id == id, cancel);
        var officer = await db.Find(OfficerProcedure.Definition, id, cancel);
        if (account.PasswordHash != hash || account.InvitedUntil < clock.Moment())
            return null;
        if (officer is null || officer.State == OfficerProcedure.Locked)
            return null;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            account.PasswordHash = hashes.Of(account, password);
        return account;
    }
}
