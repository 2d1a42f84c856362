using Loa.Cases;
using Loa.Retention.Sweeps;
using Microsoft.EntityFrameworkCore;

namespace Loa.Retention.Data;

/// <summary>The rules that somebody made, and how much there was of each kind day by day.</summary>
sealed class RetentionDb(DbContextOptions<RetentionDb> options) : CaseDb(options)
{
    public DbSet<SizeOfDay> Sizes => Set<SizeOfDay>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<SizeOfDay>().ToTable("Sizes").HasKey(s => new { s.Kind, s.Day });
    }
}
