using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Reading;

/// <summary>What was read, as rows.</summary>
static class ReadRows
{
    extension(NoticesDb db)
    {
        public DbSet<ReadMark> ReadMarks => db.Set<ReadMark>();

        public DbSet<NoticeReader> Readers => db.Set<NoticeReader>();
    }

    sealed class ReadMarkShape : IEntityTypeConfiguration<ReadMark>
    {
        public void Configure(EntityTypeBuilder<ReadMark> builder) =>
            builder.ToTable("ReadMarks").HasKey(r => new { r.OfficerId, r.NoticeId });
    }

    sealed class ReaderShape : IEntityTypeConfiguration<NoticeReader>
    {
        public void Configure(EntityTypeBuilder<NoticeReader> builder) =>
            builder.ToTable("Readers").HasKey(r => r.OfficerId);
    }
}
