namespace Loa.Speaker.Schedule;

/// <summary>Why a sound ended before its end or never began, beside the refusals that may befall it.</summary>
static class StopReason
{
    /// <summary>An operator said so.</summary>
    public const string Stopped = "stopped";

    /// <summary>An operator wanted the next one.</summary>
    public const string Skipped = "skipped";

    /// <summary>An operator wanted quiet for a while.</summary>
    public const string Paused = "paused";

    /// <summary>The amplifier was to have no power.</summary>
    public const string Amplifier = "amplifier";

    /// <summary>A newer timetable does not have the item any more.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Its airtime was shorter than its sound.</summary>
    public const string TimeOver = "time.over";

    /// <summary>Something more pressing was due.</summary>
    public const string Outranked = "outranked";

    /// <summary>The speaker was asked to shut down.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>The speaker lost its power, or its software died.</summary>
    public const string Power = "power";

    /// <summary>The sound card or the recording failed.</summary>
    public const string Output = "output";

    /// <summary>The item's time was over before the speaker heard of it or could begin.</summary>
    public const string Late = "late";

    /// <summary>The item's time was over before the speaker knew what time it was.</summary>
    public const string Clock = "clock";

    /// <summary>After these the item may sound again, as long as its time is not over.</summary>
    public static bool MayGoOn(string reason) =>
        reason is Outranked or Shutdown or Power or Paused or Amplifier or Clock;
}
