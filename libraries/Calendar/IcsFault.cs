namespace Loa.Calendar;

/// <summary>Why something of an iCalendar file was not taken.</summary>
public enum IcsFaultKind
{
    NoCalendar,
    NoLine,
    NoStart,
    BadTime,
    BadRule,
    BadLength,
    UnknownZone,
    EndBeforeStart,

    /// <summary>Days here and moments there, where the standard wants one kind.</summary>
    MixedTypes,
    NotSupported,
    TooLong,
}

/// <summary>What is wrong, and at which line: shown to who brought the file, never guessed at.</summary>
public sealed record IcsFault(int Line, IcsFaultKind Kind, string Value);
