using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Data;

/// <summary>
/// What speakers are to play, played and recorded. It lodges in the database of the registry, whose scripts made its tables, and
/// sees of the registry what <see cref="PlacedSpeaker"/> shows. Each folder says what its own rows are.
/// </summary>
sealed class PlayoutDb(DbContextOptions<PlayoutDb> options) : ModuleDb(options)
{
    public DbSet<PlacedSpeaker> Speakers => Set<PlacedSpeaker>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlayoutDb).Assembly);
    }
}
