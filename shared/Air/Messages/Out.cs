using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>What a speaker holds and does; as a will, only that it is gone.</summary>
/// <param name="Can">The commands it can carry out; absent means all.</param>
/// <param name="Nonce">Another on each connection; the acknowledgements on it repeat it.</param>
/// <param name="Root">The root it obeys, by its key id.</param>
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
    long? StorageFree = null,
    long? Software = null,
    long? Configuration = null,
    string? Nonce = null,
    IReadOnlyList<string>? Can = null,
    string? Root = null
) : AirMessage<StateMessage>, IAirMessage<StateMessage>
{
    /// <summary>What the server says in the speaker's name when the connection breaks.</summary>
    public static StateMessage Gone => new(Online: false);

    public static JsonTypeInfo<StateMessage> Shape => AirJson.Default.StateMessage;

    public bool IsWithinBounds() => OutOfBounds() is null;

    public string? OutOfBounds() =>
        !Bounds.IsLine(Firmware, 64) ? "firmware"
        : Volume is < 0 or > 100 ? "volume"
        : Nonce is not null && !Bounds.IsNonce(Nonce) ? "nonce"
        : !Bounds.AreWords(Can) ? "can"
        : Root is not null && !Bounds.IsKeyId(Root) ? "root"
        : null;
}

/// <summary>How far items have come, each only as far as it is now, for the live view; it may be lost, the record is the proof.</summary>
public sealed record ProgressMessage(DateTimeOffset At, IReadOnlyList<ItemStep> Items)
    : AirMessage<ProgressMessage>,
        IAirMessage<ProgressMessage>
{
    public const int MostItems = 256;

    public static JsonTypeInfo<ProgressMessage> Shape => AirJson.Default.ProgressMessage;

    public bool IsWithinBounds() =>
        Items.Count > 0 && Bounds.FewWith(Items, MostItems, step => Bounds.Short(step.Reason, 64));

    public string? OutOfBounds() => IsWithinBounds() ? null : "items";
}

/// <summary>How far one item has come.</summary>
/// <param name="Reason">Why it was refused.</param>
public sealed record ItemStep(Guid Item, ItemProgress State, string? Reason = null);

/// <summary>One record of the speaker's chain.</summary>
public sealed record RecordMessage(string Record) : AirMessage<RecordMessage>, IAirMessage<RecordMessage>
{
    public static JsonTypeInfo<RecordMessage> Shape => AirJson.Default.RecordMessage;

    public bool IsWithinBounds() => true;
}

/// <summary>What became of a command.</summary>
/// <param name="Found">What is so now, read back after it was done.</param>
public sealed record ReceiptMessage(
    Guid Command,
    CommandState State,
    DateTimeOffset At,
    string? Reason = null,
    ReadBack? Found = null
) : AirMessage<ReceiptMessage>, IAirMessage<ReceiptMessage>
{
    public static JsonTypeInfo<ReceiptMessage> Shape => AirJson.Default.ReceiptMessage;

    public bool IsWithinBounds() => OutOfBounds() is null;

    public string? OutOfBounds() =>
        !Bounds.Short(Reason, 64) ? "reason"
        : Found is { } found && !found.IsWithinBounds() ? "found"
        : null;
}

/// <summary>What a speaker finds after a command, read from where it takes effect and not from the command.</summary>
/// <param name="Horns">The level of each horn, 0–100.</param>
/// <param name="Version">Of the package in force after an update.</param>
public sealed record ReadBack(
    int? Volume = null,
    IReadOnlyList<int>? Horns = null,
    bool? Amplifier = null,
    bool? Paused = null,
    Guid? Playing = null,
    long? Version = null,
    string? Server = null,
    IReadOnlyList<SelfCheck>? Checks = null
)
{
    internal bool IsWithinBounds() =>
        Bounds.IsLevel(Volume)
        && Bounds.FewWith(Horns, Bounds.Horns, level => Bounds.IsLevel(level))
        && Bounds.Short(Server)
        && Bounds.FewWith(Checks, 32, check => Bounds.Named(check.Name, 40) && Bounds.Short(check.Detail));
}

/// <summary>One thing that a self-test looked at.</summary>
/// <param name="Name">clock, storage, output, microphone, records, media, …</param>
public sealed record SelfCheck(string Name, bool Good, string? Detail = null);
