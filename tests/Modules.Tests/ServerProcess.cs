using System.Collections.Concurrent;
using System.Diagnostics;

namespace Loa;

/// <summary>The server as a process of its own, which a test may kill and start again on the same data and ports.</summary>
/// <param name="settings">What its environment tells it, such as <c>LOA_Proxy__Trusted</c>.</param>
/// <param name="files">How many files it may hold open; as many as the machine allows unless said.</param>
sealed class ServerProcess(string data, int? files = null, params string[] settings) : IDisposable
{
    const int MostWords = 30;
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "../../Server/debug/Loa.Server");
    readonly int port = FreePort.Next();
    readonly int mqttPort = FreePort.Next();
    readonly ConcurrentQueue<string> lastWords = new();
    Process? process;

    public Uri Address => new($"http://127.0.0.1:{port}");

    public int MqttPort => mqttPort;

    public bool IsAlive => process is { HasExited: false };

    /// <summary>Returns when it listens.</summary>
    public async Task Start(CancellationToken cancel)
    {
        string[] verbs = ["serve", "--data", data, "--port", $"{port}", "--mqtt-port", $"{mqttPort}", "--demo"];
        string[] command = files is { } few ? ["prlimit", $"--nofile={few}", Program, .. verbs] : [Program, .. verbs];
        process = Begin("env", [.. settings, .. command]);
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, listens);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listens);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(listens.Task, process.WaitForExitAsync(cancel));
        cancel.ThrowIfCancellationRequested();
        Assert.True(listens.Task.IsCompleted, "The server did not start: " + string.Join('\n', lastWords));
    }

    /// <summary>kill −9.</summary>
    public async Task Kill(CancellationToken cancel)
    {
        process!.Kill();
        await process.WaitForExitAsync(cancel);
        process.Dispose();
        process = null;
    }

    /// <summary>Another verb of the same program on the same data; gives its exit code and all it said.</summary>
    public Task<(int Code, string Said)> Ask(string[] verbs, CancellationToken cancel) =>
        Run("env", [.. settings, Program, .. verbs, "--data", data], cancel);

    /// <summary>The same program, beside any server.</summary>
    public static Task<(int Code, string Said)> Run(string[] verbs, CancellationToken cancel) =>
        Run(Program, verbs, cancel);

    /// <summary>The same on a small machine, told one more thing by its environment.</summary>
    public static Task<(int Code, string Said)> Run(
        int files,
        string setting,
        string[] verbs,
        CancellationToken cancel
    ) => Run("env", [setting, "prlimit", $"--nofile={files}", Program, .. verbs], cancel);

    static async Task<(int Code, string Said)> Run(string program, string[] verbs, CancellationToken cancel)
    {
        using var asked = Begin(program, verbs);
        var said = await asked.StandardOutput.ReadToEndAsync(cancel) + await asked.StandardError.ReadToEndAsync(cancel);
        await asked.WaitForExitAsync(cancel);
        return (asked.ExitCode, said);
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
            process.Kill();
        else if (process is not null)
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"The server ended by itself, with {process.ExitCode}: {string.Join('\n', lastWords)}"
            );
        process?.Dispose();
    }

    // Read to its end, for a pipe that is full would hold it up; its last words are kept.
    void Hear(string? line, TaskCompletionSource listens)
    {
        if (line is null)
            return;
        lastWords.Enqueue(line);
        if (lastWords.Count > MostWords)
            lastWords.TryDequeue(out _);
        if (line.Contains("http://", StringComparison.Ordinal))
            listens.TrySetResult();
    }

    static Process Begin(string program, string[] args) =>
        Process.Start(
            new ProcessStartInfo(program, args)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // It lives for seconds, and is not worth compiling well.
                Environment = { ["DOTNET_TieredCompilation"] = "1" },
            }
        )!;
}
