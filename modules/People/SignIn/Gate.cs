using Loa.Cases;
using Loa.Kernel;
using Loa.People.Data;
using Loa.People.Officers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>
/// Tells whether name and password belong together. Unknown name, wrong password, locked account:
/// one answer, after the same work, so that nobody learns who has an account.
/// </summary>
sealed class Gate(
    PeopleDb db,
    ILookupNormalizer normalizer,
    IPasswordHasher<Account> hasher,
    DecoyHash decoy,
    IOptions<GateOptions> options,
    TimeProvider clock
)
{
    /// <summary>The account, with its failures counted or forgotten; null when the answer is no.</summary>
    public async Task<Account?> Open(string userName, string password, CancellationToken cancel)
    {
        var name = normalizer.NormalizeName(userName.Trim());
        var hash = await db
            .Accounts.Where(a => a.NormalizedUserName == name)
            .Select(a => a.PasswordHash)
            .FirstOrDefaultAsync(cancel);
        // Outside the transaction, because it is slow on purpose.
        var verdict = hasher.VerifyHashedPassword(new Account(), hash ?? decoy.Hash, password);
        return await db.Atomically(() => Judge(name, hash, verdict, cancel), cancel);
    }

    async Task<Account?> Judge(string name, string? hash, PasswordVerificationResult verdict, CancellationToken cancel)
    {
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.NormalizedUserName == name, cancel);
        var now = clock.Moment();
        if (account is null || account.PasswordHash != hash || account.LockoutEnd > now)
        {
            // A write here too, or its absence would tell by the time it saves.
            (await db.Accounts.FirstAsync(a => a.Id == Account.Nobody, cancel)).AccessFailedCount++;
            return null;
        }
        if (verdict == PasswordVerificationResult.Failed)
        {
            account.AccessFailedCount++;
            if (account.AccessFailedCount >= options.Value.FailuresBeforeLockOut)
                (account.AccessFailedCount, account.LockoutEnd) = (0, now + options.Value.LockOut);
            return null;
        }
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
        var officer = await db.Find(OfficerProcedure.V1, account.Id, cancel);
        if (officer is null || Officer.Of(officer).IsLocked || account.InvitedUntil < now)
            return null;
        return account;
    }
}

/// <summary>A hash that no password matches, for names that nobody has.</summary>
sealed class DecoyHash(IPasswordHasher<Account> hasher)
{
    public string Hash { get; } = hasher.HashPassword(new Account(), Passwords.NewStamp());
}
