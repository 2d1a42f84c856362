using System.Collections.Frozen;

namespace Loa.Playout.AsRun;

/// <summary>Why a play ended or was silent, where the server must know what the reason means.</summary>
static class PlayReasons
{
    public const string Withdrawn = "timetable.withdrawn";
    public const string Silent = "play.silent";
    public const string Unreported = "play.unreported";

    /// <summary>By these a sound ends early or never begins because somebody wished it, or something more pressing was due.</summary>
    public static readonly FrozenSet<string> Wished = FrozenSet.Create(
        StringComparer.Ordinal,
        Withdrawn,
        "withdrawn",
        "stopped",
        "skipped",
        "paused",
        "outranked"
    );
}
