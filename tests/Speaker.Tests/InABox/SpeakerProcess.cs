using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Loa.Speaker.InABox;

/// <summary>A real program started from its build folder: the speaker's software, or the fleet's.</summary>
sealed partial class SpeakerProcess : IAsyncDisposable
{
    const int Terminate = 15;

    readonly Process process = new();
    bool isKeeper;

    SpeakerProcess(string program, IEnumerable<string> arguments)
    {
        var start = process.StartInfo;
        (start.FileName, start.RedirectStandardOutput, start.RedirectStandardError) = (Find(program), true, true);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        process.OutputDataReceived += (_, line) => Keep(Output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(Log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Output { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public string Data { get; private init; } = "";

    public string Recordings => Path.Combine(Data, "..", "recordings");

    /// <summary>Starts a speaker whose data and recordings lie in the province's folder; started again it goes on.</summary>
    public static SpeakerProcess Start(Province province, string serial = "TEST-1", params string[] more)
    {
        var data = Path.Combine(province.Folder, serial, "data");
        var recordings = Path.Combine(province.Folder, serial, "recordings");
        string[] arguments =
        [
            "--server",
            $"{province.Http}",
            "--data",
            data,
            "--serial",
            serial,
            .. more.Contains("--output") ? Array.Empty<string>() : ["--output", $"wav:{recordings}"],
            .. more,
        ];
        return new SpeakerProcess("Speaker", arguments) { Data = data };
    }

    /// <summary>The program itself.</summary>
    public static string Speaker => Find("Speaker");

    /// <summary>Starts the supervisor, which starts the software that is in force.</summary>
    public static SpeakerProcess StartKept(Province province, int trialSeconds = 20, string serial = "TEST-1")
    {
        var data = Path.Combine(province.Folder, serial, "data");
        var recordings = Path.Combine(province.Folder, serial, "recordings");
        string[] arguments =
        [
            "keep",
            "--data",
            data,
            "--trial-seconds",
            $"{trialSeconds}",
            "--",
            "--server",
            $"{province.Http}",
            "--serial",
            serial,
            "--output",
            $"wav:{recordings}",
            "--prove-seconds",
            "1",
        ];
        return new SpeakerProcess("Speaker", arguments) { Data = data, isKeeper = true };
    }

    /// <summary>The software that the supervisor has started and that runs now; null when none does.</summary>
    public int? Child
    {
        get
        {
            var note = Path.Combine(Data, "kept");
            return
                File.Exists(note) && File.ReadAllText(note).Split(' ') is [var id, ..] && int.TryParse(id, out var pid)
                ? pid
                : null;
        }
    }

    public static void KillChild(int pid) => _ = Signal(pid, 9);

    public static SpeakerProcess StartFleet(params string[] arguments) => new("Fleet", arguments);

    public IReadOnlyList<string> RecordingsOf(Air.TimetableItem item) =>
        Directory.Exists(Recordings) ? [.. Directory.GetFiles(Recordings, $"{item.Id:d}-*.wav").OrderBy(Try)] : [];

    // …/<item>-<n>.wav
    static int Try(string recording) => int.Parse(Path.GetFileNameWithoutExtension(recording)[37..]);

    /// <summary>Returns when the recording of the item is nearly at its end; its beginning may be cut when it was late.</summary>
    public Task Writes(Air.TimetableItem item, Recorded sound)
    {
        var whole = (long)(sound.Duration.TotalSeconds * 0.8 * 96_000);
        return Comes(() => RecordingsOf(item).Any(file => new FileInfo(file).Length >= whole));
    }

    /// <summary>Returns when the file has so many bytes.</summary>
    public static Task Grows(string file, long length) =>
        Comes(() => new FileInfo(file) is { Exists: true } found && found.Length >= length);

    /// <summary>Returns when so many lines stand on its output.</summary>
    public Task Shows(int lines) => Comes(() => Output.Count >= lines);

    /// <summary>Returns when such a line stands in its log.</summary>
    public Task Logs(string words) => Comes(() => Log.Any(line => line.Contains(words, StringComparison.Ordinal)));

    public (long Bytes, TimeSpan Cpu) Usage()
    {
        process.Refresh();
        return (process.WorkingSet64, process.TotalProcessorTime);
    }

    /// <summary>As a power cut would.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<int> Stop()
    {
        if (Signal(process.Id, Terminate) != 0)
            throw new InvalidOperationException("The process is gone.");
        return await Exit();
    }

    public async Task<int> Exit()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        // It would notice that its supervisor is gone, and end in its own time.
        if (isKeeper && Child is { } child)
            KillChild(child);
    }

    // Files of another process tell nobody when they change.
    static async Task Comes(Func<bool> what)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!what())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
    }

    static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }

    // artifacts/bin/Speaker.Tests/debug → artifacts/bin/Speaker/debug
    static string Find(string program)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(mine.Parent!.Parent!.FullName, program, mine.Name, $"Loa.{program}");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
