using Loa.Notices.Data;
using Loa.Notices.Raised;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Delivery;

/// <summary>One notice on its way to one officer.</summary>
sealed class NoticeDelivery
{
    public long Id { get; private init; }
    public required long NoticeId { get; init; }
    public required Guid OfficerId { get; init; }
    public required string Way { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }

    /// <summary>When it was sent, found to be no longer wanted, or given up.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Why it was not sent.</summary>
    public string? Failure { get; set; }

    public Notice Notice { get; private init; } = null!;
}

static class DeliveryRows
{
    extension(NoticesDb db)
    {
        public DbSet<NoticeDelivery> Deliveries => db.Set<NoticeDelivery>();
    }

    sealed class DeliveryShape : IEntityTypeConfiguration<NoticeDelivery>
    {
        public void Configure(EntityTypeBuilder<NoticeDelivery> builder)
        {
            builder.ToTable("Deliveries").HasKey(d => d.Id);
            builder.HasOne(d => d.Notice).WithMany().HasForeignKey(d => d.NoticeId);
        }
    }
}
