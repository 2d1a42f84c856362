using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Health;

/// <summary>How many speakers at or below a unit were told of last as being in trouble of one kind.</summary>
sealed record Silence(string Kind, Guid UnitId, int Count, DateTimeOffset ToldAt);

static class SilenceRows
{
    extension(DevicesDb db)
    {
        public DbSet<Silence> Silences => db.Set<Silence>();
    }

    sealed class SilenceShape : IEntityTypeConfiguration<Silence>
    {
        public void Configure(EntityTypeBuilder<Silence> builder) =>
            builder.ToTable("Silences").HasKey(s => new { s.Kind, s.UnitId });
    }
}
