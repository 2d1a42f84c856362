namespace Loa.Audio;

/// <summary>Why a recording could not be brought to the loudness of the air.</summary>
public enum LevellingFault
{
    /// <summary>It is no sound file that we can read, or holds no sound at all.</summary>
    Unreadable,

    /// <summary>It is silent, or shorter than the 0.4 s that loudness needs.</summary>
    Silent,

    /// <summary>It is longer than anything we broadcast.</summary>
    TooLong,

    /// <summary>All was tried, and the result still missed the target.</summary>
    Missed,
}

/// <summary>A recording could not be brought to the loudness of the air.</summary>
public sealed class LevellingException(LevellingFault fault, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public LevellingFault Fault { get; } = fault;
}
