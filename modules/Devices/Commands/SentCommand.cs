namespace Loa.Devices.Commands;

/// <summary>How far a command has come.</summary>
enum CommandStage
{
    Sent,
    Received,
    Done,
    Failed,
    Refused,
}

/// <summary>A signed command to one speaker and what the speaker answered.</summary>
sealed class SentCommand
{
    public required Guid Id { get; init; }
    public required Guid SpeakerId { get; init; }
    public required string Name { get; init; }
    public int? Level { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required DateTimeOffset Expires { get; init; }
    public CommandStage Stage { get; set; }
    public DateTimeOffset? ReceivedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Reason { get; set; }

    public bool IsOver => Stage >= CommandStage.Done;

    public bool IsUnanswered(DateTimeOffset now) => Stage == CommandStage.Sent && now > Expires;
}
