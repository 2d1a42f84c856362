using Loa.Notices.Data;
using Loa.Notices.Raised;
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

        /// <summary>Of some notices those that an officer has not read, and that wait for somebody or only tell something.</summary>
        public async Task<IQueryable<Notice>> UnreadBy(Guid? officer, IQueryable<Notice> some, CancellationToken cancel)
        {
            var upTo = await db
                .Readers.Where(r => r.OfficerId == officer)
                .Select(r => (long?)r.ReadUpTo)
                .FirstOrDefaultAsync(cancel);
            var last = upTo ?? 0;
            var marks = db.ReadMarks;
            return some.Where(n =>
                n.EndedAt == null && n.Id > last && !marks.Any(r => r.OfficerId == officer && r.NoticeId == n.Id)
            );
        }
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
