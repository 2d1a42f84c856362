namespace Loa.Air;

/// <summary>What a document lets sound may be heard at this place at this moment.</summary>
/// <param name="path">The units of the speaker (or of the unit asked about) from the province down.</param>
/// <param name="item">The item that it is to sound for; null asks whether it may sound at all.</param>
public abstract class HeardRule<T>(IReadOnlyList<Guid> path, DateTimeOffset moment, TimetableItem? item) : Rule<T>
    where T : AirDocument<T>, IAirDocument<T>, IMayBeHeard
{
    internal override DateTimeOffset Moment(T document) => moment;

    internal override string? Names(string? compact) =>
        item is null
            ? null
            : Check.That(Plays(item), Refusal.Unsupported) ?? IsNamed(compact, item.Release, Refusal.ReleaseMissing);

    internal override string? Concerns(T document) =>
        Check.That(Scope.Includes(path, document.Units), Refusal.ReleaseUnit);

    internal override string? Allows(Delegation delegation, T document) =>
        Reaches(delegation, path, document.Units) ?? HasClasses(delegation, [document.Class]);

    internal override string? Holds(T document) =>
        Check.That(item is null || item.Class == document.Class, Refusal.ReleaseClass)
        ?? Check.Within(moment, document.NotBefore, document.Expires, Refusal.ReleaseEarly, Refusal.ReleaseExpired);

    /// <summary>Whether such an item sounds by such a document.</summary>
    private protected abstract bool Plays(TimetableItem item);
}
