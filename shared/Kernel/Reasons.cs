namespace Loa.Kernel;

/// <summary>Why a speaker refused or failed, in a sentence; a reason that no list knows is shown as it came.</summary>
public static class Reasons
{
    public static string Of(string reason) => Words.Has("reason." + reason) ? Words.Get("reason." + reason) : reason;
}
