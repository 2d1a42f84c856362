using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Playout.Timetables;

/// <summary>The timetables that speakers are to hold.</summary>
static class TimetableRows
{
    extension(PlayoutDb db)
    {
        public DbSet<DesiredTimetable> Timetables => db.Set<DesiredTimetable>();

        public DbSet<ItemList> ItemLists => db.Set<ItemList>();
    }

    sealed class TimetableShape : IEntityTypeConfiguration<DesiredTimetable>, IEntityTypeConfiguration<ItemList>
    {
        public void Configure(EntityTypeBuilder<DesiredTimetable> builder) =>
            builder.ToTable("Timetables").HasKey(t => t.SpeakerId);

        public void Configure(EntityTypeBuilder<ItemList> builder) =>
            builder.ToTable("ItemLists").HasKey(l => l.Digest);
    }
}
