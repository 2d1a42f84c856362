namespace Loa.Air;

/// <summary>This is the server's word about this speaker's records.</summary>
public sealed class AcknowledgementRule(Guid speaker, IReadOnlyList<Guid> path, DateTimeOffset now)
    : Rule<Acknowledgement>
{
    internal override AirKind Kind(Acknowledgement acknowledgement) => AirKind.Timetable;

    internal override DateTimeOffset Moment(Acknowledgement ack) => now;

    internal override string? Allows(Delegation delegation, Acknowledgement ack) => Reaches(delegation, path, path);

    internal override string? Holds(Acknowledgement ack) => Check.That(ack.Speaker == speaker, Refusal.AckSpeaker);
}
