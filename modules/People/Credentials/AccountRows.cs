using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.People.Credentials;

/// <summary>What officers sign in with.</summary>
static class AccountRows
{
    extension(PeopleDb db)
    {
        public DbSet<Account> Accounts => db.Set<Account>();
    }

    sealed class AccountShape : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("Accounts").HasKey(a => a.Id);
            builder.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
            // We neither write nor phone to officers yet.
            builder.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed);
            builder.Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed).Ignore(a => a.TwoFactorEnabled);
        }
    }
}
