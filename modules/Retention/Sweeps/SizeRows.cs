using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Retention.Sweeps;

/// <summary>How much there was of each kind, day by day.</summary>
static class SizeRows
{
    extension(RetentionDb db)
    {
        public DbSet<SizeOfDay> Sizes => db.Set<SizeOfDay>();
    }

    sealed class SizeShape : IEntityTypeConfiguration<SizeOfDay>
    {
        public void Configure(EntityTypeBuilder<SizeOfDay> builder) =>
            builder.ToTable("Sizes").HasKey(s => new { s.Kind, s.Day });
    }
}
