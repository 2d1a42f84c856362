using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>What a speaker holds and does; as a will, only that it is gone.</summary>
public sealed record StateMessage(
    bool Online,
    DateTimeOffset? At = null,
    long? Timetable = null,
    long? Placement = null,
    long? Revocations = null,
    string? Firmware = null,
    int? Volume = null,
    Guid? Playing = null,
    long? Records = null,
    long? StorageFree = null
) : AirMessage<StateMessage>, IAirMessage<StateMessage>
{
    /// <summary>What the server says in the speaker's name when the connection breaks.</summary>
    public static StateMessage Gone => new(Online: false);

    public static JsonTypeInfo<StateMessage> Shape => AirJson.Default.StateMessage;

    public bool IsWithinBounds() => Bounds.Short(Firmware, 64) && Volume is null or (>= 0 and <= 100);
}

/// <summary>How far an item has come, for the live view; it may be lost, the record is the proof.</summary>
public sealed record ProgressMessage(
    Guid Item,
    Guid Broadcast,
    ItemProgress State,
    DateTimeOffset At,
    string? Reason = null
) : AirMessage<ProgressMessage>, IAirMessage<ProgressMessage>
{
    public static JsonTypeInfo<ProgressMessage> Shape => AirJson.Default.ProgressMessage;

    public bool IsWithinBounds() => Bounds.Short(Reason, 64);
}

/// <summary>One record of the speaker's chain.</summary>
public sealed record RecordMessage(string Record) : AirMessage<RecordMessage>, IAirMessage<RecordMessage>
{
    public static JsonTypeInfo<RecordMessage> Shape => AirJson.Default.RecordMessage;

    public bool IsWithinBounds() => true;
}

/// <summary>What became of a command.</summary>
public sealed record ReceiptMessage(Guid Command, CommandState State, DateTimeOffset At, string? Reason = null)
    : AirMessage<ReceiptMessage>,
        IAirMessage<ReceiptMessage>
{
    public static JsonTypeInfo<ReceiptMessage> Shape => AirJson.Default.ReceiptMessage;

    public bool IsWithinBounds() => Bounds.Short(Reason, 64);
}
