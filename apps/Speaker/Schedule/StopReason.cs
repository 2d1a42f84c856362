namespace Loa.Speaker.Schedule;

/// <summary>Why a sound ended before its end, beside the refusals that may befall it while it sounds.</summary>
static class StopReason
{
    /// <summary>An operator said so.</summary>
    public const string Stopped = "stopped";

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

    /// <summary>After these the item may sound again, as long as its time is not over.</summary>
    public static bool MayGoOn(string reason) => reason is Outranked or Shutdown or Power;
}
