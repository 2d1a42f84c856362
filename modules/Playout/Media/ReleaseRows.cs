using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Playout.Media;

/// <summary>The releases that speakers may be told of.</summary>
static class ReleaseRows
{
    extension(PlayoutDb db)
    {
        public DbSet<HeldRelease> Releases => db.Set<HeldRelease>();
    }

    sealed class ReleaseShape : IEntityTypeConfiguration<HeldRelease>
    {
        public void Configure(EntityTypeBuilder<HeldRelease> builder) =>
            builder.ToTable("Releases").HasKey(r => r.Digest);
    }
}
