using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Data;

/// <summary>What Broadcasting keeps: its cases, when each is heard, and who knows of it.</summary>
sealed class BroadcastingDb(DbContextOptions<BroadcastingDb> options) : CaseDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BroadcastingDb).Assembly);
    }
}
