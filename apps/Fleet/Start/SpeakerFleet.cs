using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Fleet.Faults;
using Loa.Fleet.Figures;
using Loa.Fleet.Simulation;
using Loa.Speaker;
using Loa.Speaker.Playing;
using Loa.Speaker.Start;

namespace Loa.Fleet.Start;

/// <summary>Thousands of loudspeaker clusters in one process: each has its own key, folder and connection; the rest is shared.</summary>
sealed class SpeakerFleet(FleetSettings fleet)
{
    // Sounds of many speakers come from one server; this many at a time keep it busy.
    const int MostFetches = 64;

    readonly Lock gate = new();
    readonly Diary diary = new();
    int failed;

    public async Task<int> Run(IReadOnlyList<string> serials, CancellationToken cancel)
    {
        // One for all who are not relayed: connections are pooled, and there are no cookies to mix up.
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = MostFetches };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        Tell(Console.Error, $"{serials.Count} speakers, data in {Path.GetFullPath(fleet.Data)}");
        Simulated[] speakers = [.. serials.Select(serial => Make(serial, http))];
        var conducting = new Conductor(fleet.Script, speakers, fleet.Seed, line => Tell(Console.Error, line)).Run(
            cancel
        );
        await Task.WhenAll(speakers.Select(speaker => Task.Run(() => Host(speaker, cancel), CancellationToken.None)));
        await conducting;
        Tell(Console.Error, $"{serials.Count - failed} speakers stopped, {failed} failed");
        await Report(speakers);
        foreach (var speaker in speakers)
            speaker.Dispose();
        return failed == 0 ? 0 : 1;
    }

    Simulated Make(string serial, HttpClient http)
    {
        var folder = Path.Combine(fleet.Data, serial);
        var settings = new Settings(fleet.Server, folder, serial, Mqtt: fleet.Mqtt);
        var log = new EventLog(TimeProvider.System, serial, Hear);
        var around = new SpeakerEnvironment(
            TimeProvider.System,
            http,
            Output(folder),
            log,
            code => Tell(Console.Out, Code(serial, code)),
            Durable: false
        );
        var seed = fleet.Seed ^ serial.Aggregate(17, (sum, letter) => (sum * 31) + letter);
        return new Simulated(settings, around, fleet.Route, fleet.Line, seed);
    }

    async Task Host(Simulated speaker, CancellationToken cancel)
    {
        try
        {
            await speaker.Run(cancel);
        }
        catch (Exception broken)
        {
            // One broken speaker does not silence the others; it is told, and counts in the exit code.
            Interlocked.Increment(ref failed);
            Tell(Console.Error, $"{speaker.Serial}: {broken.Message}");
        }
    }

    async Task Report(Simulated[] speakers)
    {
        var figures = diary.Figures;
        if (fleet.Figures is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures), CancellationToken.None);
            return;
        }
        foreach (var line in FigureTable.Lines(figures))
            Tell(Console.Error, line);
        if (speakers.Sum(s => s.Restarts) is > 0 and var restarts)
            Tell(Console.Error, $"{restarts} restarts because a disk was full");
    }

    void Hear(string line)
    {
        diary.Read(line);
        if (fleet.Verbose)
            Tell(Console.Error, line);
    }

    IOutput Output(string folder)
    {
        var choice = fleet.Output == "wav" ? $"wav:{Path.Combine(folder, "recordings")}" : fleet.Output;
        return Outputs.TryParse(choice, out var parsed)
            ? parsed
            : throw new ArgumentException("--output is wav or null.");
    }

    void Tell(TextWriter writer, string line)
    {
        lock (gate)
            writer.WriteLine(line);
    }

    static string Code(string serial, string code) =>
        new JsonObject { ["serial"] = serial, ["code"] = code }.ToJsonString(JsonSerializerOptions.Default);
}
