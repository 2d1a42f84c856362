using System.Diagnostics;
using System.Text.Json;
using Loa.Kernel;

namespace Loa.Server.Demo;

/// <summary>The process that hosts the software speakers; it ends when this one ends.</summary>
sealed class FleetProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly Process process;
    readonly string folder;

    FleetProcess(Process process, string folder, IReadOnlyList<string> serials)
    {
        this.process = process;
        this.folder = folder;
        Serials = serials;
        Ended = process.WaitForExitAsync();
    }

    public Task Ended { get; }

    public IReadOnlyList<string> Serials { get; }

    public int Count => Serials.Count;

    public string Folder => folder;

    public static async Task<FleetProcess> Start(
        string program,
        Uri server,
        string folder,
        IReadOnlyList<string> serials,
        CancellationToken cancel
    )
    {
        Directory.CreateDirectory(folder);
        var list = Path.Combine(folder, "serials");
        await File.WriteAllLinesAsync(list, serials, cancel);
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            ArgumentList = { "--server", server.ToString(), "--data", folder, "--serials", list, "--output", "wav" },
        };
        return new(Process.Start(start) ?? throw new IOException(program), folder, serials);
    }

    /// <summary>Types in the code of each speaker that shows one, as its technician would; returns when all are claimed.</summary>
    public async Task ClaimAll(Province province, CancellationToken cancel)
    {
        // Marks of a fleet that was claimed at an earlier start.
        var marks = Path.Combine(folder, "claimed");
        var claimed = File.Exists(marks)
            ? (await File.ReadAllLinesAsync(marks, cancel)).ToHashSet(StringComparer.Ordinal)
            : [];
        var waiting = (await File.ReadAllLinesAsync(Path.Combine(folder, "serials"), cancel))
            .Where(s => !claimed.Contains(s))
            .ToHashSet(StringComparer.Ordinal);
        if (waiting.Count == 0)
        {
            _ = Drain(cancel);
            return;
        }
        Console.WriteLine(Words.Get("demo.claiming", waiting.Count));
        while (waiting.Count > 0 && await Shown(cancel) is { } shown)
        {
            if (!waiting.Remove(shown.Serial))
                continue;
            await province.Claim(shown.Serial, shown.Code, cancel);
            await File.AppendAllLinesAsync(marks, [shown.Serial], cancel);
        }
        if (waiting.Count > 0)
            throw new IOException(Words.Get("demo.fleet-ended"));
        _ = Drain(cancel);
    }

    /// <summary>The next code that one of the speakers shows to its technician; null when the process has ended.</summary>
    public async Task<(string Serial, string Code)?> Shown(CancellationToken cancel)
    {
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            var shown = JsonSerializer.Deserialize<JsonElement>(line);
            if (shown.TryGetProperty("code", out var code))
                return (shown.GetProperty("serial").GetString()!, code.GetString()!);
        }
        return null;
    }

    // A full pipe would stop the speakers.
    async Task Drain(CancellationToken cancel)
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancel) is not null) { }
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // SIGTERM, so that each speaker says goodbye and finishes its files.
            using var kill = Process.Start(
                "kill",
                ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            );
            if (await Task.WhenAny(Ended, Task.Delay(Patience, TimeProvider.System)) != Ended)
                process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }
}
