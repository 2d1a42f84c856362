namespace Loa.Speaker.Commands;

/// <summary>Why a good command could not be done.</summary>
static class CommandFailure
{
    /// <summary>Nothing sounds that could be stopped.</summary>
    public const string Silent = "silent";

    /// <summary>Something sounds that a beep would spoil, or another update is under way.</summary>
    public const string Busy = "busy";

    /// <summary>The speaker has no such horn.</summary>
    public const string Horn = "horn.unknown";

    /// <summary>The speaker lost its power, or its software died, while it obeyed.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>What was found is not what was ordered.</summary>
    public const string NoEffect = "no-effect";

    /// <summary>The software has no supervisor that could take back what fails.</summary>
    public const string Unkept = "unkept";

    /// <summary>The new software or configuration did not prove itself, and what was before is in force again.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>There is no room for what is to be kept.</summary>
    public const string Storage = "storage.full";

    /// <summary>The new server does not answer, or did not accept the speaker in time.</summary>
    public const string ServerUnreachable = "server.unreachable";

    /// <summary>The new server belongs to another province.</summary>
    public const string ServerRoot = "server.root";
}
