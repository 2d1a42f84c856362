using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.People.Views;

/// <summary>The views that officers saved.</summary>
static class ViewRows
{
    extension(PeopleDb db)
    {
        public DbSet<KeptView> Views => db.Set<KeptView>();
    }

    sealed class ViewShape : IEntityTypeConfiguration<KeptView>
    {
        public void Configure(EntityTypeBuilder<KeptView> builder)
        {
            builder.ToTable("Views").HasKey(v => v.Id);
            builder
                .HasIndex(v => new
                {
                    v.OfficerId,
                    v.Page,
                    v.Name,
                })
                .IsUnique();
        }
    }
}
