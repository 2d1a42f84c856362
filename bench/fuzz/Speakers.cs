using System.Diagnostics;
using System.Runtime.InteropServices;
using Loa.Air;
using Loa.Bench.Runs;

namespace Loa.Bench.Fuzz;

/// <summary>Real speakers hear a server in wrong hands over a line that spoils its packets.</summary>
static partial class Speakers
{
    const int Count = 40;
    const int Terminate = 15;
    const long Last = 1L << 40;

    public readonly record struct Result(
        long Messages,
        long Spoiled,
        int Connections,
        (int AtOnce, int Later) InSync,
        int ExitCode,
        double MemoryThird,
        double MemoryEnd
    );

    public static async Task<Result> Run(int seconds, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("loa-fuzz-").FullName;
        await using var server = new LyingServer();
        await server.Open();
        using var line = new Corruptor(server.Mqtt, seed);
        using var fleet = Start(server, line, folder);
        try
        {
            var random = new Random(seed);
            var (messages, third) = (0L, 0.0);
            var began = TimeProvider.System.GetTimestamp();
            while (
                TimeProvider.System.GetElapsedTime(began).TotalSeconds is var now && now < seconds && !fleet.HasExited
            )
            {
                if (third == 0 && now > seconds / 3.0)
                    third = ProcessFigures.Pss(fleet.Id) / 1048576.0;
                foreach (var speaker in server.Connected)
                {
                    var (topic, message) = Lie(server, speaker, random);
                    server.Say(speaker, topic, message);
                    messages++;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
            }
            line.IsHonest = true;
            var inSync = await Heal(server, line);
            var memory = fleet.HasExited ? 0 : ProcessFigures.Pss(fleet.Id) / 1048576.0;
            _ = Signal(fleet.Id, Terminate);
            await fleet.WaitForExitAsync();
            return new Result(messages, line.Spoiled, line.Connections, inSync, fleet.ExitCode, third, memory);
        }
        finally
        {
            if (!fleet.HasExited)
                fleet.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    // What is told well at last must be taken by all: they are alive, and believe what is true.
    static async Task<(int AtOnce, int Later)> Heal(LyingServer server, Corruptor line)
    {
        var atOnce = -1;
        for (var i = 0; i < 120; i++)
        {
            // Who waits for an answer that was spoiled waits as long as the line stands; a server that changes hands breaks it.
            if (i == 60)
            {
                atOnce = server.Held.Count(h => h.Value == Last);
                line.Break();
            }
            foreach (var speaker in server.Connected.Where(s => server.Held.GetValueOrDefault(s) != Last))
                server.Say(speaker, AirTopic.InTimetable, server.Timetable(speaker, Last, []));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            if (server.Held.Count(h => h.Value == Last) == Count)
                break;
        }
        var later = server.Held.Count(h => h.Value == Last);
        return (atOnce < 0 ? later : atOnce, later);
    }

    static (AirTopic Topic, byte[] Message) Lie(LyingServer server, Guid speaker, Random random)
    {
        var (phrases, mutator) = (new Phrases(random, speaker), new Mutator(random));
        AirTopic[] topics = [.. Enum.GetValues<AirTopic>().Where(Topics.IsIn)];
        return random.Next(8) switch
        {
            0 => (AirTopic.InTimetable, server.Timetable(speaker, random.Next(1, 1 << 30), Odd(random))),
            1 => (AirTopic.InTimetable, mutator.Spoil(server.Timetable(speaker, random.Next(1, 1 << 30), Odd(random)))),
            2 => (
                AirTopic.InCommand,
                server.Command(speaker, Air.Command.Volume, new CommandArgs(Level: random.Next(-5, 130)))
            ),
            3 => (AirTopic.InCommand, mutator.Spoil(server.Command(speaker, Air.Command.Stop, new CommandArgs()))),
            4 => (topics[random.Next(topics.Length)], mutator.Noise(random.Next(1, 5000))),
            _ => (topics[random.Next(topics.Length)], phrases.Message()),
        };
    }

    // Well signed, and hard to plan with.
    static TimetableItem[] Odd(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(4) == 0 ? 300 : random.Next(4))
                .Select(_ =>
                {
                    var start = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 253_000_000_000_000));
                    return new TimetableItem(
                        Guid.CreateVersion7(),
                        Guid.CreateVersion7(),
                        new string('a', 64),
                        (AirClass)random.Next(3),
                        start,
                        start.AddMilliseconds(random.Next(0, 100_000)),
                        random.Next(2) == 0
                    );
                }),
        ];

    static Process Start(LyingServer server, Corruptor line, string folder)
    {
        string[] told =
        [
            "--server",
            $"{server.Web}",
            "--data",
            folder,
            "--speakers",
            $"{Count}",
            "--mqtt",
            $"{line.EndPoint}",
        ];
        var start = new ProcessStartInfo(Sibling.Program("Fleet"), told)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var fleet = Process.Start(start)!;
        fleet.OutputDataReceived += (_, _) => { };
        fleet.ErrorDataReceived += (_, told) =>
        {
            if (told.Data?.Contains(':', StringComparison.Ordinal) == true)
                Console.WriteLine($"fleet: {told.Data}");
        };
        fleet.BeginOutputReadLine();
        fleet.BeginErrorReadLine();
        return fleet;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
