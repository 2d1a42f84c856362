using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Data;

/// <summary>The newsroom's own database: the acts of its bulletins, and what was spoken already.</summary>
sealed class NewsroomDb(DbContextOptions<NewsroomDb> options) : CaseDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsroomDb).Assembly);
    }
}
