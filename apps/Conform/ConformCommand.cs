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
        var command = new Command("conform", "try a speaker of any maker by the protocol alone") { program, only };
        command.SetAction(
            async (parsed, cancel) =>
                await Try(parsed.GetValue(program)!, parsed.GetValue(only), patience, Console.WriteLine, cancel) ? 0 : 1
        );
        return command;
    }

    /// <param name="within">How long the speaker may take to be claimed.</param>
    /// <returns>Whether every script held.</returns>
    public static async Task<bool> Try(
        string[] program,
        string? only,
        TimeSpan within,
        Action<string> say,
        CancellationToken cancel
    )
    {
        await using var server = await TrialServer.Start(cancel);
        using var tested = new TestedProgram(program, server);
        var speaker = await server.Desk.Claimed(within, cancel);
        say($"claimed   {speaker.Vendor ?? "-"} {speaker.Model}, protocol {speaker.Protocol}");
        var (held, all) = (0, 0);
        foreach (var script in Script.All.Where(s => only is null || s.Name.Contains(only, StringComparison.Ordinal)))
        {
            all++;
            var fault = await new Trial(server, speaker).Run(script, cancel);
            say(fault is null ? $"pass      {script.Name}" : $"FAIL      {script.Name}: {fault}");
            held += fault is null ? 1 : 0;
        }
        foreach (var fault in speaker.Faults)
            say($"FAIL      {fault}");
        say($"{held} of {all} scripts held, {speaker.Faults.Count} faults beside them");
        return held == all && all > 0 && speaker.Faults.Count == 0;
    }
}
