using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Packages;

/// <summary>The packages for speakers.</summary>
static class PackageRows
{
    extension(DevicesDb db)
    {
        public DbSet<StoredPackage> Packages => db.Set<StoredPackage>();
    }

    sealed class PackageShape : IEntityTypeConfiguration<StoredPackage>
    {
        public void Configure(EntityTypeBuilder<StoredPackage> builder) =>
            builder.ToTable("Packages").HasKey(p => p.Id);
    }
}
