using Loa.Broadcasting.Airings;
using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Data;

/// <summary>What Broadcasting keeps: its cases, and who else than the unit of a case owns a broadcast.</summary>
sealed class BroadcastingDb(DbContextOptions<BroadcastingDb> options) : CaseDb(options)
{
    public DbSet<Owner> Owners => Set<Owner>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Owner>().ToTable("Owners").HasKey(o => new { o.BroadcastId, o.UnitId });
    }
}
