using System.Collections.Frozen;
using Loa.Kernel;

namespace Loa.Devices.AsRun;

/// <summary>Why a speaker refused or failed, in a sentence; a reason that no list knows is shown as it came.</summary>
static class Reasons
{
    public const string Withdrawn = "timetable.withdrawn";

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

    public const string Silent = "play.silent";
    public const string Unreported = "play.unreported";

    public static string Of(string reason) => Words.Has("reason." + reason) ? Words.Get("reason." + reason) : reason;
}
