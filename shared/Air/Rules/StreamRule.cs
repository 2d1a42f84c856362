namespace Loa.Air;

/// <summary>A stream may be heard at this place at this moment; what it is said to be must be what it is.</summary>
/// <inheritdoc/>
public sealed class StreamRule(IReadOnlyList<Guid> path, DateTimeOffset moment, TimetableItem? item = null)
    : HeardRule<SoundStream>(path, moment, item)
{
    readonly TimetableItem? item = item;

    internal override AirKind Kind(SoundStream stream) =>
        stream.Content == AirContent.Relay ? AirKind.Relay : AirKind.Live;

    internal override string? Concerns(SoundStream stream) =>
        Check.That(item is null || item.Sounds(stream.Content), Refusal.DocumentType) ?? base.Concerns(stream);

    internal override string? Allows(Delegation delegation, SoundStream stream) =>
        base.Allows(delegation, stream)
        ?? Check.That(
            stream.Station is null || delegation.Stations?.Contains(stream.Station) == true,
            Refusal.DelegationStation
        );

    private protected override bool Plays(TimetableItem item) =>
        item.Sounds(AirContent.Relay) || item.Sounds(AirContent.Live);
}
