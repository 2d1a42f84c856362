using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Playout.Data;

/// <summary>A speaker as the registry shows it to who plans for it and hears from it: a view, never written.</summary>
sealed class PlacedSpeaker : INamedSpeaker, INamedRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required Guid UnitId { get; init; }
    public required bool IsEnrolled { get; init; }
    public required bool IsOnline { get; init; }
    public string? Kid { get; init; }

    /// <summary>When its first board was given this place; null when that was before it was noted.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>The largest message it takes; null when it takes any.</summary>
    public int? LargestMessage { get; init; }
    public long? TimetableHeld { get; init; }
    public long? PlacementHeld { get; init; }
    public long? RevocationsHeld { get; init; }
    public string? RootHeld { get; init; }

    /// <summary>The end of its chain of records as it is stored.</summary>
    public long RecordSeq { get; init; }
    public required string RecordHash { get; init; }

    sealed class PlacedSpeakerShape : IEntityTypeConfiguration<PlacedSpeaker>
    {
        public void Configure(EntityTypeBuilder<PlacedSpeaker> builder) =>
            builder.ToView("PlacedSpeakers").HasKey(s => s.Id);
    }
}

/// <summary>Which speakers stand where, and which hold what.</summary>
static class PlacedSpeakers
{
    public static IQueryable<PlacedSpeaker> Enrolled(this PlayoutDb db) =>
        db.Speakers.AsNoTracking().Where(s => s.IsEnrolled);

    /// <summary>Those at or below any of the units.</summary>
    public static IQueryable<PlacedSpeaker> Inside(
        this IQueryable<PlacedSpeaker> speakers,
        UnitTree tree,
        IReadOnlyCollection<Guid> units
    ) => tree.Below(units) is { } inside ? speakers.Where(s => inside.Contains(s.UnitId)) : speakers;

    /// <summary>Connected speakers whose state has come: before it nobody knows what they hold.</summary>
    public static IQueryable<PlacedSpeaker> ThatSaidWhatTheyHold(this PlayoutDb db) =>
        db.Speakers.AsNoTracking().Where(s => s.IsOnline && s.TimetableHeld != null);

    public static IQueryable<HeldVersions> AsHeld(this IQueryable<PlacedSpeaker> speakers) =>
        speakers.Select(s => new HeldVersions(
            s.Id,
            s.TimetableHeld,
            s.PlacementHeld,
            s.RevocationsHeld,
            s.LargestMessage,
            s.RootHeld
        ));
}
