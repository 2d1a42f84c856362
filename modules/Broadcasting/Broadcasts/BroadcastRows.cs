using Loa.Broadcasting.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>Who knows of a broadcast, and when it is heard.</summary>
static class BroadcastRows
{
    extension(BroadcastingDb db)
    {
        public DbSet<Audience> Audiences => db.Set<Audience>();

        public DbSet<Occurrence> Occurrences => db.Set<Occurrence>();
    }

    sealed class BroadcastShape : IEntityTypeConfiguration<Audience>, IEntityTypeConfiguration<Occurrence>
    {
        public void Configure(EntityTypeBuilder<Audience> builder) =>
            builder
                .ToTable("Audiences")
                .HasKey(a => new
                {
                    a.UnitId,
                    a.At,
                    a.BroadcastId,
                });

        public void Configure(EntityTypeBuilder<Occurrence> builder) =>
            builder.ToTable("Occurrences").HasKey(o => o.Id);
    }
}
