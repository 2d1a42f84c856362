using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Push;

/// <summary>A browser that shows notices while no page is open, until who uses it signs out there.</summary>
/// <param name="Endpoint">Where its maker takes messages for it.</param>
/// <param name="PublicKey">Of the browser: what is sent only it can read.</param>
sealed record PushBrowser(
    string Endpoint,
    Guid OfficerId,
    Guid SessionId,
    string PublicKey,
    string Secret,
    DateTimeOffset At
);

static class PushRows
{
    extension(NoticesDb db)
    {
        public DbSet<PushBrowser> PushBrowsers => db.Set<PushBrowser>();
    }

    sealed class BrowserShape : IEntityTypeConfiguration<PushBrowser>
    {
        public void Configure(EntityTypeBuilder<PushBrowser> builder) =>
            builder.ToTable("PushBrowsers").HasKey(b => b.Endpoint);
    }
}
