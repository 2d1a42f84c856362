using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Devices.Enrolments;

/// <summary>What is kept of speakers that have no place yet, and of keys that have none any more.</summary>
static class EnrolmentRows
{
    extension(DevicesDb db)
    {
        public DbSet<OpenEnrolment> Enrolments => db.Set<OpenEnrolment>();

        public DbSet<Preregistration> Preregistrations => db.Set<Preregistration>();

        public DbSet<WithdrawnKey> WithdrawnKeys => db.Set<WithdrawnKey>();
    }

    sealed class EnrolmentShape
        : IEntityTypeConfiguration<OpenEnrolment>,
            IEntityTypeConfiguration<Preregistration>,
            IEntityTypeConfiguration<WithdrawnKey>
    {
        public void Configure(EntityTypeBuilder<OpenEnrolment> builder) =>
            builder.ToTable("Enrolments").HasKey(e => e.Id);

        public void Configure(EntityTypeBuilder<Preregistration> builder) =>
            builder.ToTable("PreRegistrations").HasKey(p => p.Id);

        public void Configure(EntityTypeBuilder<WithdrawnKey> builder) =>
            builder.ToTable("WithdrawnKeys").HasKey(w => w.Kid);
    }
}
