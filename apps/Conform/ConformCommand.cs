using System.CommandLine;

namespace Loa.Conform;

/// <summary><c>loa conform -- PROGRAM …</c>: plays the scripts beside the protocol to any speaker, and says what held.</summary>
public static class ConformCommand
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    public static Command Make()
    {
        var program = new Argument<string[]>("program")
        {
            Description = "starts the speaker; {server}, {data} and {serial} are filled in",
            Arity = ArgumentArity.OneOrMore,
        };
        var only = new Option<string?>("--only") { Description = "the scripts whose name has this in it" };
        var speakers = new Option<int>("--speakers")
        {
            Description = "so many are started side by side, and each is played its share of the scripts",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("conform", "try a speaker of any maker by the protocol alone")
        {
            program,
            only,
            speakers,
        };
        command.SetAction(
            async (parsed, cancel) =>
                await Try(
                    parsed.GetValue(program)!,
                    parsed.GetValue(only),
                    parsed.GetValue(speakers),
                    patience,
                    Console.WriteLine,
                    cancel
                )
                    ? 0
                    : 1
        );
        return command;
    }

    /// <param name="within">How long a speaker may take to be claimed.</param>
    /// <returns>Whether every script held.</returns>
    public static async Task<bool> Try(
        string[] program,
        string? only,
        int speakers,
        TimeSpan within,
        Action<string> say,
        CancellationToken cancel
    )
    {
        Script[] asked = [.. Script.All.Where(s => only is null || s.Name.Contains(only, StringComparison.Ordinal))];
        using var sounds = await TrialSounds.Of(asked, cancel);
        var shares = Enumerable.Range(0, Math.Min(speakers, asked.Length));
        var results = await Task.WhenAll(
            shares.Select(share =>
                Play(program, asked.Where((_, i) => i % speakers == share), sounds, within, say, cancel)
            )
        );
        var (held, faults) = (results.Sum(r => r.Held), results.Sum(r => r.Faults));
        say($"{held} of {asked.Length} scripts held, {faults} faults beside them");
        return held == asked.Length && held > 0 && faults == 0;
    }

    static async Task<(int Held, int Faults)> Play(
        string[] program,
        IEnumerable<Script> scripts,
        TrialSounds sounds,
        TimeSpan within,
        Action<string> say,
        CancellationToken cancel
    )
    {
        await using var server = await TrialServer.Start(sounds, cancel);
        using var tested = new TestedProgram(program, server);
        var speaker = await server.Desk.Claimed(within, cancel);
        say($"claimed   {speaker.Vendor ?? "-"} {speaker.Model}, protocol {speaker.Protocol}");
        if (!await speaker.Comes(() => speaker.WasToldTheTime, within, cancel))
            speaker.Object("it did not ask for the time");
        var held = 0;
        foreach (var script in scripts)
        {
            var fault = await new ScriptRun(server, speaker).Run(script, cancel);
            say(fault is null ? $"pass      {script.Name}" : $"FAIL      {script.Name}: {fault}");
            held += fault is null ? 1 : 0;
        }
        foreach (var fault in speaker.Faults)
            say($"FAIL      {fault}");
        return (held, speaker.Faults.Count);
    }
}
