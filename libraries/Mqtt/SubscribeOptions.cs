namespace Loa.Mqtt;

/// <summary>How a client wants the messages under a filter (MQTT 5.0, 3.8.3.1).</summary>
public sealed record SubscribeOptions
{
    public Qos Qos { get; init; } = Qos.AtLeastOnce;

    /// <summary>Not what this client says itself.</summary>
    public bool NoLocal { get; init; }

    /// <summary>The retain flag as the sender set it, not only on what was kept.</summary>
    public bool RetainAsPublished { get; init; }

    public RetainHandling RetainHandling { get; init; }

    /// <summary>1 to 268,435,455: comes back with each message under the filter. 0 when none is wanted.</summary>
    public int Identifier { get; init; }
}

/// <summary>When a subscriber is told what was retained under its filter.</summary>
public enum RetainHandling : byte
{
    Always = 0,
    IfNew = 1,
    Never = 2,
}
