using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Rollouts;

/// <summary>The speakers that rollouts are to reach.</summary>
static class TargetRows
{
    extension(DevicesDb db)
    {
        public DbSet<RolloutTarget> Targets => db.Set<RolloutTarget>();
    }

    sealed class TargetShape : IEntityTypeConfiguration<RolloutTarget>
    {
        public void Configure(EntityTypeBuilder<RolloutTarget> builder) =>
            builder.ToTable("RolloutTargets").HasKey(t => new { t.RolloutId, t.SpeakerId });
    }
}
