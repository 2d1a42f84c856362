using Loa.Audio;
using Loa.Kernel;

namespace Loa.Newsroom.Voices;

/// <summary>What went wrong on the way from words to sound, told so that the officer knows whom to call.</summary>
static class SpeechFaults
{
    public const string DiskFull = "voice.disk-full";

    /// <summary>Null for what is a bug of ours.</summary>
    public static RefusedException? Of(Exception fault) =>
        fault switch
        {
            ToolMissingException e => new("voice.tool-missing", e.Program, e.Package),
            ToolException e when IsFull(e.Errors) => new(DiskFull),
            ToolException => new("voice.failed"),
            LevellingException { InnerException: ToolException e } when IsFull(e.Errors) => new(DiskFull),
            LevellingException { Fault: LevellingFault.Silent } => new("voice.nothing-heard"),
            LevellingException { Fault: LevellingFault.TooLong } => new("voice.too-long"),
            LevellingException => new("voice.failed"),
            _ when Outage.Of(fault) is OutageKind.NoRoom => new(DiskFull),
            _ => null,
        };

    static bool IsFull(string errors) =>
        errors.Contains("No space left", StringComparison.OrdinalIgnoreCase)
        || errors.Contains("File too large", StringComparison.OrdinalIgnoreCase)
        || errors.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase);
}
