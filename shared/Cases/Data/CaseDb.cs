using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>The database of a module that has cases: their acts, the cache of their present state, and the daily chain.</summary>
public abstract class CaseDb(DbContextOptions options) : ModuleDb(options)
{
    public DbSet<Act> Acts => Set<Act>();

    public DbSet<CaseRow> Cases => Set<CaseRow>();

    public DbSet<Day> Days => Set<Day>();

    public DbSet<Head> Heads => Set<Head>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Act>(act =>
        {
            act.ToTable("Acts").HasKey(a => a.Position);
            act.Property(a => a.Position).ValueGeneratedOnAdd();
            act.HasIndex(a => new { a.CaseId, a.Seq }).IsUnique();
        });
        modelBuilder.Entity<CaseRow>(row => row.ToTable("Cases").HasKey(c => c.Id));
        modelBuilder.Entity<Head>(head =>
        {
            head.ToTable("Heads").HasKey(h => h.Number);
            head.Property(h => h.Number).ValueGeneratedNever();
        });
        modelBuilder.Entity<Day>(day => day.ToTable("Days").HasKey(d => d.Date));
    }
}
