namespace Loa.Air;

/// <summary>A release may be heard at this place at this moment.</summary>
/// <inheritdoc/>
public sealed class ReleaseRule(IReadOnlyList<Guid> path, DateTimeOffset moment, TimetableItem? item = null)
    : HeardRule<Release>(path, moment, item)
{
    internal override AirKind Kind(Release release) => AirKind.Release;

    private protected override bool Plays(TimetableItem item) => item.Sounds(AirContent.Recording);
}
