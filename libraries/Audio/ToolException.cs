namespace Loa.Audio;

/// <summary>A program of the machine failed at its work, or took too long.</summary>
public class ToolException(string program, string message, int? exitCode = null, string errors = "")
    : Exception(errors.Length == 0 ? message : $"{message}: {errors}")
{
    public string Program { get; } = program;

    /// <summary>Absent when the program was stopped before it ended.</summary>
    public int? ExitCode { get; } = exitCode;

    /// <summary>The last of what the program complained about.</summary>
    public string Errors { get; } = errors;
}

/// <summary>A program or library that we need is not installed on this machine.</summary>
public sealed class ToolMissingException(string program, string package)
    : ToolException(program, $"{program} is not installed; install it with: apt-get install {package}")
{
    public string Package { get; } = package;
}
