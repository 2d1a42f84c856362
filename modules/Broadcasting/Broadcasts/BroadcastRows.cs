using Loa.Broadcasting.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Broadcasting.Broadcasts;

/// <summary>Who else than the unit of its case owns a broadcast, and when it is heard.</summary>
static class BroadcastRows
{
    extension(BroadcastingDb db)
    {
        public DbSet<Owner> Owners => db.Set<Owner>();

        public DbSet<Occurrence> Occurrences => db.Set<Occurrence>();
    }

    sealed class BroadcastShape : IEntityTypeConfiguration<Owner>, IEntityTypeConfiguration<Occurrence>
    {
        public void Configure(EntityTypeBuilder<Owner> builder) =>
            builder.ToTable("Owners").HasKey(o => new { o.BroadcastId, o.UnitId });

        public void Configure(EntityTypeBuilder<Occurrence> builder) =>
            builder.ToTable("Occurrences").HasKey(o => o.Id);
    }
}
