using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Loa.Fleet.Figures;

namespace Loa.Fleet.Start;

/// <summary>A fleet too large for the files of one process: several of them, each with its part, and one table in the end.</summary>
static partial class ManyProcesses
{
    const int Terminate = 15;

    /// <param name="arguments">As this process was given them, without the number of processes.</param>
    /// <param name="to">The file for the figures of all; null prints them as a table.</param>
    public static async Task<int> Run(
        IReadOnlyList<string> serials,
        int processes,
        string data,
        IReadOnlyList<string> arguments,
        string? to,
        CancellationToken cancel
    )
    {
        Directory.CreateDirectory(data);
        var parts = new List<(Process Process, string Figures)>();
        foreach (
            var (part, number) in serials.Chunk((serials.Count + processes - 1) / processes).Select((p, i) => (p, i))
        )
        {
            var (list, figures) = (Path.Combine(data, $"part-{number}.txt"), Path.Combine(data, $"part-{number}.json"));
            await File.WriteAllLinesAsync(list, part, cancel);
            string[] own = [.. arguments, "--serials", list, "--figures", figures];
            parts.Add((Process.Start(Environment.ProcessPath!, own), figures));
        }
        // A terminal tells all of us; a supervisor tells only this one.
        await using var telling = cancel.Register(() =>
        {
            foreach (var (process, _) in parts)
                _ = Signal(process.Id, Terminate);
        });
        foreach (var (process, _) in parts)
            await process.WaitForExitAsync(CancellationToken.None);
        await Report(parts.Select(part => part.Figures), to);
        return parts.Max(part => part.Process.ExitCode);
    }

    static async Task Report(IEnumerable<string> files, string? to)
    {
        var all = new Dictionary<string, double[]>();
        foreach (var file in files.Where(File.Exists))
        {
            var part = JsonSerializer.Deserialize<Dictionary<string, double[]>>(
                await File.ReadAllTextAsync(file, CancellationToken.None)
            )!;
            foreach (var (what, values) in part)
                all[what] = [.. all.GetValueOrDefault(what, []), .. values];
        }
        if (to is not null)
            await File.WriteAllTextAsync(to, JsonSerializer.Serialize(all), CancellationToken.None);
        else
            foreach (var line in FigureTable.Lines(all))
                await Console.Error.WriteLineAsync(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
