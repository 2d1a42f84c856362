using System.Text;

namespace Loa.Mqtt;

/// <summary>A message as it came in. Topic and payload are valid until the callback that got it has completed.</summary>
public readonly record struct ReceivedMessage
{
    public required ReadOnlyMemory<byte> TopicUtf8 { get; init; }
    public required ReadOnlyMemory<byte> Payload { get; init; }
    public Qos Qos { get; init; }

    /// <summary>To the server: to be kept for those who subscribe later. To a client: was kept.</summary>
    public bool Retain { get; init; }

    /// <summary>The sender may have sent it before: it did not see our acknowledgement.</summary>
    public bool Duplicate { get; init; }

    /// <summary>The sender left it behind for the case that it goes without a word.</summary>
    public bool IsWill { get; init; }

    public MessageProperties Properties
    {
        get => field ?? MessageProperties.None;
        init;
    }

    /// <summary>The identifiers of the client's own subscriptions that caught it.</summary>
    public IReadOnlyList<int> Subscriptions
    {
        get => field ?? [];
        init;
    }

    /// <summary>Makes a string of the topic on each call; compare <see cref="TopicUtf8"/> where that matters.</summary>
    public string Topic => Encoding.UTF8.GetString(TopicUtf8.Span);
}
