namespace Loa.Devices.Enrolments;

/// <summary>The key of a board that was stolen or lied: no speaker is ever claimed with it again.</summary>
sealed class WithdrawnKey
{
    public required string Kid { get; init; }
    public required Guid SpeakerId { get; init; }
    public required DateTimeOffset At { get; init; }
}
