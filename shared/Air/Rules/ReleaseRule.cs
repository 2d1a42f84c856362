namespace Loa.Air;

/// <summary>A release may be heard at this place at this moment.</summary>
/// <param name="path">The units of the speaker (or of the unit asked about) from the province down.</param>
/// <param name="item">The item that it is to be played for; null asks whether it may sound at all.</param>
public sealed class ReleaseRule(IReadOnlyList<Guid> path, DateTimeOffset moment, TimetableItem? item = null)
    : Rule<Release>
{
    internal override AirKind Kind => AirKind.Release;

    internal override DateTimeOffset Moment(Release release) => moment;

    internal override string? Names(string? compact) =>
        item is null
            ? null
            : Check.That(item.IsRecording, Refusal.Unsupported)
                ?? IsNamed(compact, item.Release, Refusal.ReleaseMissing);

    internal override string? Concerns(Release release) =>
        Check.That(Scope.Includes(path, release.Units), Refusal.ReleaseUnit);

    internal override string? Allows(Delegation delegation, Release release) =>
        Reaches(delegation, path, release.Units) ?? HasClasses(delegation, [release.Class]);

    internal override string? Holds(Release release) =>
        Check.That(item is null || item.Class == release.Class, Refusal.ReleaseClass)
        ?? Check.Within(moment, release.NotBefore, release.Expires, Refusal.ReleaseEarly, Refusal.ReleaseExpired);
}
