namespace Loa.Speaker.Commands;

/// <summary>Why a good command could not be done.</summary>
static class CommandFailure
{
    /// <summary>Nothing sounds that could be stopped.</summary>
    public const string Silent = "silent";

    /// <summary>Something sounds, and a beep would spoil it.</summary>
    public const string Busy = "busy";
}
