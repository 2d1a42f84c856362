using Loa.Cases;
using Loa.Cluster;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.People.Data;
using Loa.People.Units;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Seed;

/// <summary>Fills an empty house with the demo province: units, officers, and accounts that share one random password.</summary>
sealed class SeedPeople(
    PeopleDb db,
    Storage storage,
    INodeCaches caches,
    ILookupNormalizer normalizer,
    PasswordHashes hashes,
    ITrust trust,
    TimeProvider clock
) : ISeed
{
    public int Order => 10;

    public async Task Run(CancellationToken cancel)
    {
        if (await db.Acts.AnyAsync(a => a.Procedure == UnitProcedure.Definition.Name, cancel))
            return;
        var batch = new CaseBatch(db);
        var demo = new DemoUnits(batch, clock.Moment());
        demo.Run();
        new DemoOfficers(batch, demo, clock.Moment()).Run();
        // Before the acts: an officer without a password file could never sign in, a file without officers harms nobody.
        var password = await Password(cancel);
        await db.Atomically(
            async () =>
            {
                await batch.Save(cancel);
                db.AddRange(Accounts(password));
            },
            cancel
        );
        caches.Forget<UnitRegister>(demo.Province);
        // So that the first timetable need not wait for it; a root that lies elsewhere is waited for.
        if (trust.IsDemoRoot)
            await trust.ServerDelegations(cancel);
    }

    IEnumerable<Account> Accounts(string password)
    {
        // One hash for all: it is one password, and hashing is slow on purpose.
        var hash = hashes.Of(new Account(), password);
        return SeedOfficer.All.Select(officer => new Account
        {
            Id = officer.Id,
            UserName = officer.UserName,
            NormalizedUserName = normalizer.NormalizeName(officer.UserName),
            PasswordHash = hash,
            SecurityStamp = Passwords.NewStamp(),
            LockoutEnabled = true,
        });
    }

    async Task<string> Password(CancellationToken cancel)
    {
        var path = Path.Combine(storage.Folder, "demo-password");
        if (File.Exists(path))
            return (await File.ReadAllTextAsync(path, cancel)).Trim();
        var password = Passwords.Invent();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, options);
        await file.WriteLineAsync(password.AsMemory(), cancel);
        return password;
    }
}
