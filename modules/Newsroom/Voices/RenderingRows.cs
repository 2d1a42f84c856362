using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Newsroom.Voices;

/// <summary>What was spoken already.</summary>
static class RenderingRows
{
    extension(NewsroomDb db)
    {
        public DbSet<Rendering> Renderings => db.Set<Rendering>();
    }

    sealed class RenderingShape : IEntityTypeConfiguration<Rendering>
    {
        public void Configure(EntityTypeBuilder<Rendering> builder) =>
            builder.ToTable("Renderings").Ignore(r => r.IsPacked).HasKey(r => r.Key);
    }
}
