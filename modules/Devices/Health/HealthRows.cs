using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Health;

/// <summary>How speakers fare, and what changed.</summary>
static class HealthRows
{
    extension(DevicesDb db)
    {
        public DbSet<Signal> Signals => db.Set<Signal>();

        public DbSet<KnownHealth> Health => db.Set<KnownHealth>();

        public DbSet<HealthDay> HealthDays => db.Set<HealthDay>();
    }

    sealed class HealthShape
        : IEntityTypeConfiguration<Signal>,
            IEntityTypeConfiguration<KnownHealth>,
            IEntityTypeConfiguration<HealthDay>
    {
        public void Configure(EntityTypeBuilder<Signal> builder)
        {
            builder.ToTable("Signals").HasKey(s => s.Position);
            builder.Property(s => s.Position).ValueGeneratedOnAdd();
        }

        public void Configure(EntityTypeBuilder<KnownHealth> builder) =>
            builder.ToTable("Health").HasKey(h => h.SpeakerId);

        public void Configure(EntityTypeBuilder<HealthDay> builder) =>
            builder.ToTable("HealthDays").HasKey(d => new { d.SpeakerId, d.Day });
    }
}
