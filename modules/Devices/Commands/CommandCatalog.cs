using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Kernel;

namespace Loa.Devices.Commands;

/// <summary>What is to be known of a command before it is sent.</summary>
/// <param name="Needs">The one thing it cannot do without, by the name of its field.</param>
/// <param name="Waits">How long it waits for a speaker that is away; nothing when later would be too late.</param>
/// <param name="Asks">It takes something away from the listeners, or is hard to take back: people are asked again.</param>
sealed record CommandEntry(string Name, string? Needs, TimeSpan Waits, Func<CommandArgs, bool> Asks)
{
    public string Right => DevicesRights.ToCommand(Name);

    /// <summary>Who keeps the speakers does not give them away: only an administrator sends them to another server.</summary>
    public string Role => Name == Command.ChangeServer ? RoleNames.Administrator : RoleNames.Technician;

    public bool CanWait => Waits > TimeSpan.Zero;
}

/// <summary>The closed list of commands, each with what sending it takes.</summary>
static class CommandCatalog
{
    // What a person wants now, and not in the middle of the night when the line is back.
    static readonly TimeSpan now = TimeSpan.Zero;
    static readonly TimeSpan today = TimeSpan.FromHours(12);
    static readonly TimeSpan week = TimeSpan.FromDays(7);

    static readonly Func<CommandArgs, bool> never = _ => false;
    static readonly Func<CommandArgs, bool> always = _ => true;

    static readonly Dictionary<string, CommandEntry> entries = new CommandEntry[]
    {
        new(Command.Volume, "level", today, never),
        new(Command.Amplifier, "on", now, args => args.On == false),
        new(Command.Stop, null, now, always),
        new(Command.Next, null, now, never),
        new(Command.Pause, "minutes", now, never),
        new(Command.Resume, null, now, never),
        new(Command.Restart, null, now, always),
        new(Command.Identify, null, now, never),
        new(Command.SelfTest, null, now, never),
        new(Command.CollectLog, null, today, never),
        new(Command.Update, "package", week, always),
        new(Command.ChangeServer, "server", week, always),
    }.ToDictionary(e => e.Name, StringComparer.Ordinal);

    public static IEnumerable<CommandEntry> All => Command.All.Select(name => entries[name]);

    public static CommandEntry? Find(string name) => entries.GetValueOrDefault(name);
}
