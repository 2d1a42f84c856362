using System.Text.Json.Serialization;

namespace Loa.Air;

/// <summary>How pressing a broadcast is (Circular 39/2020: thông thường, ưu tiên, khẩn cấp).</summary>
[JsonConverter(typeof(Word<AirClass>))]
public enum AirClass
{
    Ordinary,
    Priority,
    Emergency,
}

/// <summary>What sounds when an item's time comes; texts and pictures follow with the boards that show them.</summary>
[JsonConverter(typeof(Word<AirContent>))]
public enum AirContent
{
    /// <summary>The sound that a release names.</summary>
    Recording,

    /// <summary>What another station sends at that time.</summary>
    Relay,

    /// <summary>A person who speaks at that time.</summary>
    Live,
}

/// <summary>What a delegation allows a key to sign.</summary>
[JsonConverter(typeof(Word<AirKind>))]
public enum AirKind
{
    Release,
    Timetable,
    Command,
    Placement,
    Package,
    Relay,
    Live,
}

/// <summary>What a speaker's record tells: that something was played (or was to be), or that a document was refused.</summary>
[JsonConverter(typeof(Word<RecordKind>))]
public enum RecordKind
{
    Play,
    Refusal,

    /// <summary>Something sounded that the speaker was not told to play: its own tuner, its own microphone.</summary>
    Local,

    /// <summary>The head of a ledger that the server named, so that it cannot name another later.</summary>
    Head,
}

/// <summary>How a planned item ended.</summary>
[JsonConverter(typeof(Word<PlayOutcome>))]
public enum PlayOutcome
{
    Played,
    Interrupted,
    Missed,
    Failed,
    Refused,
}

/// <summary>Which kind of document a speaker refused.</summary>
[JsonConverter(typeof(Word<RefusalSubject>))]
public enum RefusalSubject
{
    Timetable,
    Command,
    Placement,
    Revocations,
    Document,
    Package,
    Time,
}

/// <summary>How far an item has come on one speaker.</summary>
[JsonConverter(typeof(Word<ItemProgress>))]
public enum ItemProgress
{
    Delivered,
    Verified,
    Playing,
    Refused,
}

/// <summary>How far a command has come on one speaker.</summary>
[JsonConverter(typeof(Word<CommandState>))]
public enum CommandState
{
    Received,
    Done,
    Failed,
    Refused,
}

/// <summary>Whether somebody has claimed a speaker that shows its code.</summary>
[JsonConverter(typeof(Word<EnrolmentState>))]
public enum EnrolmentState
{
    Waiting,
    Claimed,
}

/// <summary>What a package changes on a speaker.</summary>
[JsonConverter(typeof(Word<PackageKind>))]
public enum PackageKind
{
    Software,
    Configuration,
}

/// <summary>How a speaker reaches the server.</summary>
[JsonConverter(typeof(Word<LinkKind>))]
public enum LinkKind
{
    Wired,
    Wifi,
    Satellite,
    Mobile2g,
    Mobile3g,
    Mobile4g,
    Mobile5g,
}

/// <summary>What really goes to the sound card while something is to be heard.</summary>
[JsonConverter(typeof(Word<SoundState>))]
public enum SoundState
{
    Good,
    Silent,
    Clipping,
    Failed,
}

/// <summary>What sounded in place of an item that could not.</summary>
[JsonConverter(typeof(Word<Fallback>))]
public enum Fallback
{
    Filler,
    Tone,
}
