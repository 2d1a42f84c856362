namespace Loa.Air;

/// <summary>A speaker may take this place. A delegated key must reach the place that it leaves as well.</summary>
/// <param name="keyId">The speaker's own key.</param>
/// <param name="held">The placement in force; null at enrolment.</param>
public sealed class PlacementRule(Guid speaker, string keyId, Placement? held, DateTimeOffset now) : Rule<Placement>
{
    internal override AirKind Kind(Placement placement) => AirKind.Placement;

    internal override bool MayRootSign => true;

    internal override DateTimeOffset Moment(Placement placement) => now;

    internal override string? Concerns(Placement placement) =>
        Check.That(placement.Speaker == speaker && placement.Kid == keyId, Refusal.PlacementSpeaker);

    internal override string? Allows(Delegation delegation, Placement placement) =>
        Reaches(delegation, placement.Path, placement.Path)
        ?? (held is null ? null : Reaches(delegation, held.Path, held.Path));

    internal override string? Holds(Placement placement) =>
        Check.That(placement.Version > (held?.Version ?? 0), Refusal.PlacementOlder);
}
