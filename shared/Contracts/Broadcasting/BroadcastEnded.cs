namespace Loa.Contracts.Broadcasting;

/// <summary>What became of a bulletin on the air.</summary>
public enum BroadcastEnding
{
    /// <summary>Speakers played it, and nothing more is expected of any.</summary>
    Played,

    /// <summary>No speaker played it, and none will.</summary>
    Unheard,

    /// <summary>An officer stopped it.</summary>
    Stopped,
}

/// <summary>A bulletin is on the air no more. That it was withdrawn its newsroom knows already.</summary>
/// <param name="Heard">How many speakers played it whole.</param>
/// <param name="Speakers">How many were to.</param>
[EventName("broadcast-ended")]
public sealed record BroadcastEnded(
    Guid BroadcastId,
    Guid BulletinId,
    BroadcastEnding Ending,
    DateTimeOffset At,
    int Heard = 0,
    int Speakers = 0
)
{
    /// <summary>The officer who stopped it.</summary>
    public Guid? OfficerId { get; init; }

    /// <summary>His name as it was then.</summary>
    public string By { get; init; } = "";
}
