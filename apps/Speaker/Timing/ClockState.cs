namespace Loa.Speaker.Timing;

/// <summary>How well a speaker knows what time it is.</summary>
enum ClockState
{
    /// <summary>Not at all: only emergencies sound.</summary>
    Unknown,

    /// <summary>The machine says so, and it may be true: as long as the server may say otherwise any moment, only emergencies sound.</summary>
    Guessed,

    /// <summary>The server said so since the speaker was switched on.</summary>
    Known,
}
