namespace Loa.Mqtt;

/// <summary>Why a connection ended, and who ended it.</summary>
public sealed record Disconnection(ReasonCode Reason, EndedBy By, Exception? Failure = null);

/// <summary>Who ended a connection.</summary>
public enum EndedBy
{
    Client,
    Server,
    Network,
}
