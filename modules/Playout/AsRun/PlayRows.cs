using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Playout.AsRun;

/// <summary>What speakers are to play, played, and proved.</summary>
static class PlayRows
{
    extension(PlayoutDb db)
    {
        public DbSet<Play> Plays => db.Set<Play>();

        public DbSet<StoredRecord> Records => db.Set<StoredRecord>();

        public DbSet<RecordPack> RecordPacks => db.Set<RecordPack>();
    }

    sealed class PlayShape
        : IEntityTypeConfiguration<Play>,
            IEntityTypeConfiguration<StoredRecord>,
            IEntityTypeConfiguration<RecordPack>
    {
        public void Configure(EntityTypeBuilder<Play> builder) =>
            builder.ToTable("Plays").HasKey(p => new { p.SpeakerId, p.ItemId });

        public void Configure(EntityTypeBuilder<StoredRecord> builder) =>
            builder
                .ToTable("Records")
                .HasKey(r => new
                {
                    r.SpeakerId,
                    r.Kid,
                    r.Seq,
                });

        public void Configure(EntityTypeBuilder<RecordPack> builder) =>
            builder
                .ToTable("RecordPacks")
                .HasKey(p => new
                {
                    p.SpeakerId,
                    p.Kid,
                    p.FirstSeq,
                });
    }
}
