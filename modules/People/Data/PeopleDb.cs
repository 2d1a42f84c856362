using Loa.Cases;
using Loa.People.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Data;

/// <summary>Units, officers, delegations and revocations as acts; accounts, which are no acts, beside them.</summary>
sealed class PeopleDb(DbContextOptions<PeopleDb> options) : CaseDb(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("Accounts").HasKey(a => a.Id);
            account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            // We neither write nor phone to officers yet.
            account.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed);
            account.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.TwoFactorEnabled);
        });
    }
}
