using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Raised;

/// <summary>Notices as rows.</summary>
static class NoticeRows
{
    public const string Table = "Notices";

    extension(NoticesDb db)
    {
        public DbSet<Notice> Notices => db.Set<Notice>();
    }

    sealed class NoticeShape : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder) => builder.ToTable(Table).HasKey(n => n.Id);
    }
}
