using Loa.Broadcasting.Airings;
using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Data;

/// <summary>What Broadcasting keeps: its cases, when each is heard, and who else than the unit of a case owns it.</summary>
sealed class BroadcastingDb(DbContextOptions<BroadcastingDb> options) : CaseDb(options)
{
    public DbSet<Owner> Owners => Set<Owner>();

    public DbSet<Occurrence> Occurrences => Set<Occurrence>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Owner>().ToTable("Owners").HasKey(o => new { o.BroadcastId, o.UnitId });
        modelBuilder.Entity<Occurrence>().ToTable("Occurrences").HasKey(o => o.Id);
    }
}
