using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Loa.Air;

namespace Loa.Speaker.Playing;

/// <summary>Asks a program of the board's maker whether its microphone hears a plain tone of 1 kHz while one is played.</summary>
/// <param name="program">Started as it is, without a shell; exit code 0 means that it heard the tone.</param>
sealed class MicrophoneTest(Player player, string program, IReadOnlyList<string> arguments, TimeProvider clock)
{
    const string Name = "microphone";
    const int MostText = 300;

    static readonly TimeSpan tone = TimeSpan.FromSeconds(5);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    /// <summary>What it found, with the beginning of what it printed.</summary>
    public async Task<SelfCheck> Run(CancellationToken cancel)
    {
        if (!player.Test(tone))
            return new SelfCheck(Name, Good: false, "busy");
        using var enough = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough.Token);
        using var process = new Process();
        var start = process.StartInfo;
        (start.FileName, start.RedirectStandardOutput, start.RedirectStandardInput) = (program, true, true);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            process.Start();
            process.StandardInput.Close();
            var said = await Read(process.StandardOutput, either.Token);
            await process.WaitForExitAsync(either.Token);
            return new SelfCheck(Name, process.ExitCode == 0, $"{process.ExitCode} {said}".TrimEnd());
        }
        catch (Win32Exception missing)
        {
            return new SelfCheck(Name, Good: false, Short(missing.Message));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SelfCheck(Name, Good: false, "no answer");
        }
        finally
        {
            End(process);
        }
    }

    // All is read, so that it never waits for us; only the beginning is kept.
    static async Task<string> Read(StreamReader from, CancellationToken cancel)
    {
        var (kept, buffer) = (new StringBuilder(), new char[1024]);
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; )
            kept.Append(buffer, 0, Math.Min(read, MostText - kept.Length));
        return Short(kept.ToString().Trim());
    }

    static string Short(string text) => text.Length <= MostText - 5 ? text : text[..(MostText - 5)];

    static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It never started, or is over.
        }
    }
}
