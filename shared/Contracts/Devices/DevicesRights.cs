namespace Loa.Contracts.Devices;

/// <summary>The rights that Devices asks for.</summary>
public static class DevicesRights
{
    public const string SeeSpeakers = "speakers.see";
    public const string ClaimSpeakers = "speakers.claim";
    public const string UpdateSpeakers = "speakers.update";

    /// <summary>Opens the pages; each command has a right of its own (<see cref="ToCommand"/>).</summary>
    public const string CommandSpeakers = "speakers.command";

    /// <summary>The right to one command of the closed list.</summary>
    public static string ToCommand(string command) => $"{CommandSpeakers}.{command}";
}
