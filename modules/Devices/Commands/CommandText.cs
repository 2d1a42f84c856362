using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices.Commands;

/// <summary>A command in one line, as people say it.</summary>
static class CommandText
{
    /// <param name="packages">What packages are called, by their digest.</param>
    public static string Of(SentCommand command, IReadOnlyDictionary<string, string> packages) =>
        Of(command.Name, command.ReadArgs(), packages);

    public static string Of(string name, CommandArgs args, IReadOnlyDictionary<string, string> packages) =>
        args switch
        {
            { Horn: { } horn, Level: { } level } => Words.Get("command.volume.of-horn", horn, level),
            { Level: { } level } => Words.Get("command.volume.of", level),
            { On: { } on } => Words.Get(on ? "command.amplifier.on" : "command.amplifier.off"),
            { Minutes: { } minutes } => Words.Get("command.pause.of", minutes),
            { Package: { } package } when packages.TryGetValue(package, out var label) => Words.Get(
                "command.update.of",
                label
            ),
            { Server: { } server } => Words.Get("command.change-server.of", server),
            _ => Words.Get("command." + name),
        };

    /// <summary>What will happen, asked before it does.</summary>
    public static string Question(string name, string who) =>
        Words.Has($"command.{name}.ask")
            ? Words.Get($"command.{name}.ask", who)
            : Words.Get("commands.ask", Words.Get("command." + name), who);
}

/// <summary>What a speaker found after a command, in one line.</summary>
static class FoundText
{
    public static string Of(ReadBack found)
    {
        string?[] parts =
        [
            found.Volume is { } volume ? Words.Get("found.volume", volume) : null,
            found.Horns is { Count: > 0 } horns ? Words.Get("found.horns", string.Join(" · ", horns)) : null,
            found.Amplifier is { } on ? Words.Get(on ? "found.amplifier.on" : "found.amplifier.off") : null,
            found.Paused is { } paused ? Words.Get(paused ? "found.paused" : "found.not-paused") : null,
            found.Playing is null ? null : Words.Get("found.playing"),
            found.Version is { } version ? Words.Get("found.version", version) : null,
            found.Server is { } server ? Words.Get("found.server", server) : null,
            .. (found.Checks ?? []).Select(FoundCheck.Of),
        ];
        return string.Join("; ", parts.OfType<string>());
    }
}
