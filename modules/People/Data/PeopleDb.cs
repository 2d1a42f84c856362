using Loa.Cases;
using Loa.People.Security;
using Loa.People.Sessions;
using Loa.People.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Loa.People.Data;

/// <summary>Units, officers, delegations and revocations as acts; accounts, sessions and sign-ins, which are no acts, beside them.</summary>
sealed class PeopleDb(DbContextOptions<PeopleDb> options) : CaseDb(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInNote> SignIns => Set<SignInNote>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Session>().ToTable("Sessions").HasKey(s => s.Id);
        modelBuilder.Entity<SignInNote>().ToTable("SignIns").HasKey(s => s.Id);
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
