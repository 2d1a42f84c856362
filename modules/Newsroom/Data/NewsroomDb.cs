using Loa.Cases;
using Loa.Newsroom.Voices;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Data;

/// <summary>The newsroom's own database: the acts of its bulletins, and what was spoken already.</summary>
sealed class NewsroomDb(DbContextOptions<NewsroomDb> options) : CaseDb(options)
{
    public DbSet<Rendering> Renderings => Set<Rendering>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Rendering>().ToTable("Renderings").HasKey(r => r.Key);
    }
}
