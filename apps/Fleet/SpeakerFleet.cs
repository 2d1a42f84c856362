using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Speaker;
using Loa.Speaker.Playing;

namespace Loa.Fleet;

/// <summary>Thousands of loudspeaker clusters in one process: each has its own key, folder and connection; the rest is shared.</summary>
sealed class SpeakerFleet(Uri server, string data, string? mqtt, string output, bool verbose)
{
    // Sounds of many speakers come from one server; this many at a time keep it busy.
    const int MostFetches = 64;

    readonly Lock gate = new();
    int failed;

    public async Task<int> Run(IReadOnlyList<string> serials, CancellationToken cancel)
    {
        // One for all: connections are pooled, and there are no cookies to mix up.
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = MostFetches };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        await Console.Error.WriteLineAsync($"{serials.Count} speakers, data in {Path.GetFullPath(data)}");
        await Task.WhenAll(
            serials.Select(serial => Task.Run(() => Host(serial, http, cancel), CancellationToken.None))
        );
        await Console.Error.WriteLineAsync($"{serials.Count - failed} speakers stopped, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    async Task Host(string serial, HttpClient http, CancellationToken cancel)
    {
        var folder = Path.Combine(data, serial);
        var settings = new Settings(server, folder, serial, Mqtt: mqtt);
        var log = new EventLog(TimeProvider.System, serial, verbose ? line => Tell(Console.Error, line) : null);
        var around = new Surroundings(
            TimeProvider.System,
            http,
            Output(folder),
            log,
            code => Tell(Console.Out, Code(serial, code)),
            Durable: false
        );
        try
        {
            while (await new Loudspeaker(settings, around).Run(cancel) is Departed.Restart) { }
        }
        catch (Exception broken)
        {
            // One broken speaker does not silence the others; it is told, and counts in the exit code.
            Interlocked.Increment(ref failed);
            Tell(Console.Error, $"{serial}: {broken.Message}");
        }
    }

    IOutput Output(string folder)
    {
        var choice = output == "wav" ? $"wav:{Path.Combine(folder, "recordings")}" : output;
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
