using System.ComponentModel;
using System.Diagnostics;

namespace Loa.Speaker.Updating;

/// <summary>The software that a supervisor has started; it ends when its supervisor ends, whichever way that happens.</summary>
sealed class SupervisedProcess : IAsyncDisposable
{
    // Enough to fade out, to write a record and to say goodbye.
    static readonly TimeSpan grace = TimeSpan.FromSeconds(10);

    readonly Process process;

    SupervisedProcess(Process process) => this.process = process;

    /// <summary>Null when there is no such program, or it is no program.</summary>
    public static SupervisedProcess? Start(string program, IReadOnlyList<string> arguments, string data)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, UseShellExecute = false };
        start.Environment[Supervised.Mark] = "1";
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
            var started = Process.Start(start)!;
            File.WriteAllText(Note(data), $"{started.Id} {Birth(started.Id)}");
            return new SupervisedProcess(started);
        }
        catch (Exception unusable) when (unusable is Win32Exception or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(unusable.Message);
            return null;
        }
    }

    /// <summary>Ends what a supervisor that was killed has left running and that did not notice, for there may be one only.</summary>
    public static void EndOrphan(string data)
    {
        if (!File.Exists(Note(data)))
            return;
        var words = File.ReadAllText(Note(data)).Split(' ');
        if (words is not [var id, { Length: > 0 } birth] || !int.TryParse(id, out var pid) || Birth(pid) != birth)
            return;
        try
        {
            using var orphan = Process.GetProcessById(pid);
            orphan.Kill(entireProcessTree: true);
            orphan.WaitForExit();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself in between, as it should.
        }
    }

    /// <summary>True when it ends within the time; false when it goes on or the supervisor is asked to end.</summary>
    public async Task<bool> Ends(TimeSpan within, TimeProvider clock, CancellationToken cancel)
    {
        using var time = new CancellationTokenSource(within, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Its exit code once it has ended; when the supervisor is asked to end, so is it.</summary>
    public async Task<int> End(CancellationToken cancel)
    {
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close();
            if (!await Ends(grace, TimeProvider.System, CancellationToken.None))
                await Kill();
        }
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    static string Note(string data) => Path.Combine(data, "kept");

    /// <summary>When the process of this number was born, in ticks since the machine started: numbers are used again.</summary>
    static string Birth(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name of the program, in parentheses, may contain anything.
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "";
        }
    }
}
