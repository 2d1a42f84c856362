namespace Loa.Contracts.Devices;

/// <summary>A speaker as it stood at a moment.</summary>
/// <param name="UnitId">Where it stands today; decides who may ask.</param>
/// <param name="StoodIn">Where it stood then.</param>
/// <param name="IsClaimed">It had a key of its own, so something could be told to it.</param>
/// <param name="IsOnline">Whether it was connected; null when it had never been.</param>
public sealed record SpeakerThen(Guid Id, string Name, Guid UnitId, Guid StoodIn, bool IsClaimed, bool? IsOnline);

/// <summary>What the other modules ask of the past of speakers.</summary>
public interface ISpeakersThen
{
    /// <summary>How a speaker stood at a moment; null when there is none of this id.</summary>
    ValueTask<SpeakerThen?> At(Guid id, DateTimeOffset moment, CancellationToken cancel);
}
