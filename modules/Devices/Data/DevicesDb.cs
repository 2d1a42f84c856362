using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Data;

/// <summary>
/// The registry's acts, and beside them what no person does: what speakers reported and what they are to hold. Each folder
/// says what its own rows are.
/// </summary>
sealed class DevicesDb(DbContextOptions<DevicesDb> options) : CaseDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DevicesDb).Assembly);
    }
}
