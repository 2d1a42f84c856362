using System.CommandLine;

namespace Loa.Speaker.Updating;

/// <summary>The verb <c>keep</c>: starts the speaker's software that is in force and takes back what fails.</summary>
static class KeepCommand
{
    public static RootCommand Make()
    {
        var data = new Option<string>("--data") { Description = "the speaker's own folder", Required = true };
        var starts = new Option<int>("--trial-starts")
        {
            Description = "how often new software may start before it has proved itself",
            DefaultValueFactory = _ => 3,
        };
        var seconds = new Option<int>("--trial-seconds")
        {
            Description = "how long one such start may take",
            DefaultValueFactory = _ => 600,
        };
        var arguments = new Argument<string[]>("arguments") { Description = "after --: the software's own" };
        var keep = new RootCommand("Keeps the software of a loudspeaker cluster running.")
        {
            data,
            starts,
            seconds,
            arguments,
        };
        keep.SetAction(
            async (given, cancel) =>
            {
                using var stop = new StopSignal(cancel);
                var folder = given.GetValue(data)!;
                var options = new SupervisorOptions(
                    Path.GetFullPath(folder),
                    Environment.ProcessPath!,
                    ["--data", folder, .. given.GetValue(arguments)!],
                    given.GetValue(starts),
                    TimeSpan.FromSeconds(given.GetValue(seconds))
                );
                var log = new EventLog(TimeProvider.System, "keeper", Console.Error.WriteLine);
                try
                {
                    return await new Supervisor(options, TimeProvider.System, log).Run(stop.Token);
                }
                catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
                {
                    await Console.Error.WriteLineAsync(unusable.Message);
                    return ExitCode.Storage;
                }
            }
        );
        return keep;
    }
}
