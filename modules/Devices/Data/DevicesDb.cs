using Loa.Cases;
using Loa.Devices.Commands;
using Loa.Devices.Enrolments;
using Loa.Devices.Health;
using Loa.Devices.Media;
using Loa.Devices.Packages;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Devices.Rollouts;
using Loa.Devices.Timetables;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Data;

/// <summary>The registry's acts, and beside them what no person does: what speakers reported and what they are to hold.</summary>
sealed class DevicesDb(DbContextOptions<DevicesDb> options) : CaseDb(options)
{
    public DbSet<Speaker> Speakers => Set<Speaker>();

    public DbSet<SpeakerKey> Keys => Set<SpeakerKey>();

    public DbSet<OpenEnrolment> Enrolments => Set<OpenEnrolment>();

    public DbSet<DesiredTimetable> Timetables => Set<DesiredTimetable>();

    public DbSet<ItemList> ItemLists => Set<ItemList>();

    public DbSet<HeldRelease> Releases => Set<HeldRelease>();

    public DbSet<Play> Plays => Set<Play>();

    public DbSet<StoredRecord> Records => Set<StoredRecord>();

    public DbSet<RecordPack> RecordPacks => Set<RecordPack>();

    public DbSet<SentCommand> Commands => Set<SentCommand>();

    public DbSet<ExpectedKey> Expected => Set<ExpectedKey>();

    public DbSet<PreRegistration> PreRegistrations => Set<PreRegistration>();

    public DbSet<WithdrawnKey> WithdrawnKeys => Set<WithdrawnKey>();

    public DbSet<LogPart> Logs => Set<LogPart>();

    public DbSet<Signal> Signals => Set<Signal>();

    public DbSet<KnownHealth> Health => Set<KnownHealth>();

    public DbSet<HealthDay> HealthDays => Set<HealthDay>();

    public DbSet<StoredPackage> Packages => Set<StoredPackage>();

    public DbSet<RolloutTarget> Targets => Set<RolloutTarget>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Speaker>().ToTable("Speakers").HasKey(s => s.Id);
        modelBuilder.Entity<SpeakerKey>().ToTable("Keys").HasKey(k => k.SpeakerId);
        modelBuilder.Entity<OpenEnrolment>().ToTable("Enrolments").HasKey(e => e.Id);
        modelBuilder.Entity<DesiredTimetable>().ToTable("Timetables").HasKey(t => t.SpeakerId);
        modelBuilder.Entity<ItemList>().ToTable("ItemLists").HasKey(l => l.Digest);
        modelBuilder.Entity<HeldRelease>().ToTable("Releases").HasKey(r => r.Digest);
        modelBuilder.Entity<Play>().ToTable("Plays").HasKey(p => new { p.SpeakerId, p.ItemId });
        modelBuilder
            .Entity<StoredRecord>()
            .ToTable("Records")
            .HasKey(r => new
            {
                r.SpeakerId,
                r.Kid,
                r.Seq,
            });
        modelBuilder
            .Entity<RecordPack>()
            .ToTable("RecordPacks")
            .HasKey(p => new
            {
                p.SpeakerId,
                p.Kid,
                p.FirstSeq,
            });
        modelBuilder.Entity<Signal>(signal =>
        {
            signal.ToTable("Signals").HasKey(s => s.Position);
            signal.Property(s => s.Position).ValueGeneratedOnAdd();
        });
        modelBuilder.Entity<KnownHealth>().ToTable("Health").HasKey(h => h.SpeakerId);
        modelBuilder.Entity<HealthDay>().ToTable("HealthDays").HasKey(d => new { d.SpeakerId, d.Day });
        modelBuilder.Entity<StoredPackage>().ToTable("Packages").HasKey(p => p.Id);
        modelBuilder.Entity<RolloutTarget>().ToTable("RolloutTargets").HasKey(t => new { t.RolloutId, t.SpeakerId });
        modelBuilder.Entity<SentCommand>().ToTable("Commands").HasKey(c => c.Id);
        modelBuilder.Entity<ExpectedKey>().ToTable("ExpectedKeys").HasKey(e => e.SpeakerId);
        modelBuilder.Entity<PreRegistration>().ToTable("PreRegistrations").HasKey(p => p.Id);
        modelBuilder.Entity<WithdrawnKey>().ToTable("WithdrawnKeys").HasKey(w => w.Kid);
        modelBuilder.Entity<LogPart>().ToTable("Logs").HasKey(p => new { p.CommandId, p.Part });
    }
}
