using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.People.Sessions;

/// <summary>The stays of officers.</summary>
static class SessionRows
{
    extension(PeopleDb db)
    {
        public DbSet<Session> Sessions => db.Set<Session>();
    }

    sealed class SessionShape : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder) => builder.ToTable("Sessions").HasKey(s => s.Id);
    }
}
