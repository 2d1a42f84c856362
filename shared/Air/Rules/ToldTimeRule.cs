namespace Loa.Air;

/// <summary>The speaker's clock may follow this answer to its question.</summary>
public sealed class ToldTimeRule(Guid speaker, IReadOnlyList<Guid> path, string nonce) : Rule<ToldTime>
{
    internal override AirKind Kind(ToldTime told) => AirKind.Timetable;

    // A speaker that asks may not know what time it is: an answer too early or too late for every delegation is refused as such.
    internal override DateTimeOffset Moment(ToldTime told) => told.Answered;

    internal override string? Allows(Delegation delegation, ToldTime told) => Reaches(delegation, path, path);

    internal override string? Holds(ToldTime told) =>
        Check.That(told.Speaker == speaker && told.Nonce == nonce, Refusal.TimeNonce);
}
