using Loa.Kernel;

namespace Loa.Devices.AsRun;

/// <summary>Why a speaker refused or failed, in a sentence; a reason that no list knows is shown as it came.</summary>
static class Reasons
{
    public const string Withdrawn = "timetable.withdrawn";
    public const string Silent = "play.silent";
    public const string Unreported = "play.unreported";

    public static string Of(string reason) => Words.Has("reason." + reason) ? Words.Get("reason." + reason) : reason;
}
