namespace Loa.Mqtt.Server;

/// <summary>What became of a message for one client.</summary>
public enum Delivery
{
    /// <summary>On its way to a connected client.</summary>
    Queued,

    /// <summary>Kept for a client that is away.</summary>
    Stored,

    /// <summary>Nobody of that name has a session.</summary>
    NoSession,

    /// <summary>The client has a session but did not subscribe to this topic.</summary>
    NotSubscribed,

    /// <summary>The client is away, and a QoS 0 message is not kept.</summary>
    NotConnected,

    /// <summary>The client's queue is full of messages that must not be lost.</summary>
    Full,

    /// <summary>The client said that it does not take packets of this size.</summary>
    TooLarge,
}

/// <summary>What became of one message for many clients.</summary>
public readonly record struct FanOut(int Queued, int Stored, int Missed);
