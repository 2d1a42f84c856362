using Loa.Bench.Runs;

namespace Loa.Bench.UnderTest;

/// <summary>The beginning of every show that needs the real server and all its speakers.</summary>
public static class ServerShow
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
                [ServerProcess.Verb] = ServerProcess.Run,
                [SpeakerCrowd.Verb] = SpeakerCrowd.Run,
                [Strangers.Verb] = Strangers.Run,
            }
        );

    /// <summary>The load side's speakers get their places in the server's database.</summary>
    public static async Task Enrol(ServerUnderTest server, Child speakers)
    {
        var file = await speakers.Ask($"file {Path.Combine(server.Folder, "speakers.txt")}");
        await server.Process.Ask($"enrol {file}");
    }
}
