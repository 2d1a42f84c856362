using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Retention.Data;

/// <summary>The rules that somebody made, and how much there was of each kind day by day.</summary>
sealed class RetentionDb(DbContextOptions<RetentionDb> options) : CaseDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(RetentionDb).Assembly);
    }
}
