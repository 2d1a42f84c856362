using Loa.Bench.Runs;

namespace Loa.Bench.Town;

/// <summary>The beginning of every show that needs the real server and a town full of speakers.</summary>
public static class TownShow
{
    public static Task<int> Run(
        string[] args,
        Func<Task<int>> show,
        IReadOnlyDictionary<string, Func<string[], Task<int>>>? more = null
    ) =>
        Show.Run(
            args,
            show,
            new Dictionary<string, Func<string[], Task<int>>>(
                more ?? new Dictionary<string, Func<string[], Task<int>>>()
            )
            {
                [TownServer.Verb] = TownServer.Run,
                [SpeakerCrowd.Verb] = SpeakerCrowd.Run,
                [Strangers.Verb] = Strangers.Run,
            }
        );

    /// <summary>The load side's speakers get their places in the server's database.</summary>
    public static async Task Enrol(RunningTown town, Child speakers)
    {
        var file = await speakers.Ask($"file {Path.Combine(town.Folder, "speakers.txt")}");
        await town.Process.Ask($"enrol {file}");
    }
}
