using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Registry;

/// <summary>The rows of the registry.</summary>
static class SpeakerRows
{
    extension(DevicesDb db)
    {
        public DbSet<Speaker> Speakers => db.Set<Speaker>();

        public DbSet<SpeakerKey> Keys => db.Set<SpeakerKey>();

        public DbSet<PreregisteredKey> PreregisteredKeys => db.Set<PreregisteredKey>();
    }

    sealed class SpeakerShape
        : IEntityTypeConfiguration<Speaker>,
            IEntityTypeConfiguration<SpeakerKey>,
            IEntityTypeConfiguration<PreregisteredKey>
    {
        public void Configure(EntityTypeBuilder<Speaker> builder) => builder.ToTable("Speakers").HasKey(s => s.Id);

        public void Configure(EntityTypeBuilder<SpeakerKey> builder) =>
            builder.ToTable("Keys").HasKey(k => k.SpeakerId);

        public void Configure(EntityTypeBuilder<PreregisteredKey> builder) =>
            builder.ToTable("ExpectedKeys").HasKey(e => e.SpeakerId);
    }
}
