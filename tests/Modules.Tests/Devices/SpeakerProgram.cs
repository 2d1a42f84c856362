using System.Collections.Concurrent;
using System.Diagnostics;

namespace Loa.Devices;

/// <summary>The real speaker software as a program of its own, in a folder that outlives it.</summary>
sealed class SpeakerProgram : IAsyncDisposable
{
    readonly Process process = new();

    public SpeakerProgram(string data, Uri server, string serial, params string[] more)
    {
        var start = process.StartInfo;
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        start.FileName = Path.Combine(mine.Parent!.Parent!.FullName, "Speaker", mine.Name, "Loa.Speaker");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        string[] told = ["--server", $"{server}", "--data", data, "--serial", serial, "--output", "null", .. more];
        foreach (var argument in told)
            start.ArgumentList.Add(argument);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    ConcurrentQueue<string> Lines { get; } = new();

    public string? CodeNow =>
        Lines.LastOrDefault(line => line.StartsWith("claim code ", StringComparison.Ordinal))?["claim code ".Length..];

    public async Task<string> Code()
    {
        await Tells("claim code ");
        return CodeNow!;
    }

    public Task Tells(string words) =>
        RunningServer.Until(
            () => Task.FromResult(Lines.Any(line => line.Contains(words, StringComparison.Ordinal))),
            $"the speaker tells “{words}”; it told {string.Join(" | ", Lines)}"
        );

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    void Keep(string? line)
    {
        if (line is not null)
            Lines.Enqueue(line);
    }
}
