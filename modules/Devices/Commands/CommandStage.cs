namespace Loa.Devices.Commands;

/// <summary>How far a command has come, as it is stored.</summary>
enum CommandStage
{
    /// <summary>Ordered, and not yet sent: its turn, or its speaker, is still to come.</summary>
    Waiting,
    Sent,
    Received,
    Done,
    Failed,
    Refused,

    /// <summary>Taken back before it was sent.</summary>
    Cancelled,

    /// <summary>The speaker was not connected, and this command is worth nothing later: nothing was sent.</summary>
    NotSent,
}

/// <summary>How a command stands now, as people are told: its stage, and what time has made of it.</summary>
enum CommandStatus
{
    Waiting,
    Sent,
    Received,
    Done,
    Failed,
    Refused,
    Cancelled,
    NotSent,

    /// <summary>It was sent, and no answer came in time.</summary>
    Unanswered,
}
