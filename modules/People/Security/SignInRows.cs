using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.People.Security;

/// <summary>What was tried at the door.</summary>
static class SignInRows
{
    extension(PeopleDb db)
    {
        public DbSet<SignInNote> SignIns => db.Set<SignInNote>();
    }

    sealed class SignInShape : IEntityTypeConfiguration<SignInNote>
    {
        public void Configure(EntityTypeBuilder<SignInNote> builder) => builder.ToTable("SignIns").HasKey(s => s.Id);
    }
}
