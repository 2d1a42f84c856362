using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Delivery;

/// <summary>What officers chose, as rows.</summary>
static class ChoiceRows
{
    extension(NoticesDb db)
    {
        public DbSet<NoticeChoice> Choices => db.Set<NoticeChoice>();
    }

    sealed class ChoiceShape : IEntityTypeConfiguration<NoticeChoice>
    {
        public void Configure(EntityTypeBuilder<NoticeChoice> builder) =>
            builder.ToTable("Choices").HasKey(c => c.OfficerId);
    }
}
