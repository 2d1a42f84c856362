using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Data;

/// <summary>What people are to learn, and what each has read of it.</summary>
sealed class NoticesDb(DbContextOptions<NoticesDb> options) : ModuleDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NoticesDb).Assembly);
    }
}
