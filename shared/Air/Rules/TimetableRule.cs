namespace Loa.Air;

/// <summary>A timetable may be put in force on this speaker.</summary>
/// <param name="heldVersion">The version in force; null when none is, or to ask again about the one in force.</param>
/// <remarks>When it has a base, that base must be the version in force; a change asked about again has been joined already.</remarks>
public sealed class TimetableRule(Guid speaker, IReadOnlyList<Guid> path, long? heldVersion, DateTimeOffset now)
    : Rule<Timetable>
{
    internal override AirKind Kind(Timetable timetable) => AirKind.Timetable;

    internal override DateTimeOffset Moment(Timetable timetable) => now;

    internal override string? Concerns(Timetable timetable) =>
        Check.That(timetable.Speaker == speaker, Refusal.TimetableSpeaker);

    internal override string? Allows(Delegation delegation, Timetable timetable) =>
        Reaches(delegation, path, path) ?? HasClasses(delegation, timetable.Items.Select(item => item.Class));

    internal override string? Holds(Timetable timetable) =>
        Check.That(timetable.Version > (heldVersion ?? 0), Refusal.TimetableOlder)
        ?? Check.That(
            heldVersion is null || timetable.Base is null || timetable.Base == heldVersion,
            Refusal.TimetableBase
        );
}
