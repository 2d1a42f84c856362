using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Loa.Audio;

/// <summary>Runs a program of the machine: no shell, bounded in time and in what it may say, killed with its children when cancelled, and behind all others on the processor.</summary>
public sealed class Tool(string program, string package)
{
    const int noSuchFile = 2;
    const int longestErrors = 32 * 1024;

    /// <param name="arguments">Each is handed over as it is; nothing interprets them.</param>
    /// <param name="input">What the program reads from its standard input.</param>
    /// <param name="output">Takes the standard output; when absent, it is thrown away.</param>
    /// <param name="limit">The program is killed after this time.</param>
    /// <param name="cancel">Kills the program when asked.</param>
    /// <returns>The last part of what it wrote to standard error.</returns>
    /// <exception cref="ToolMissingException">The program is not installed.</exception>
    /// <exception cref="ToolException">It failed, or took longer than the limit.</exception>
    public async Task<string> Run(
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input,
        Stream? output,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        using var process = Start(arguments);
        using var late = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            var errors = Tail(process.StandardError, either.Token);
            var speaking = process.StandardOutput.BaseStream.CopyToAsync(output ?? Stream.Null, either.Token);
            await Feed(process, input, either.Token);
            await speaking;
            var said = await errors;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0
                ? said
                : throw new ToolException(
                    program,
                    $"{program} ended with code {process.ExitCode}",
                    process.ExitCode,
                    said.Trim()
                );
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ToolException(program, $"{program} did not end within {limit.TotalSeconds:0} s and was stopped");
        }
        finally
        {
            Kill(process);
        }
    }

    Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Behind(Process.Start(start)!);
        }
        catch (Win32Exception e) when (e.NativeErrorCode == noSuchFile)
        {
            throw new ToolMissingException(program, package);
        }
    }

    // Reading aloud fills every processor for minutes; orders and speakers must not wait for it.
    static Process Behind(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception)
        {
            // It has ended already; its exit code tells the rest.
        }
        return process;
    }

    static async Task Feed(Process process, ReadOnlyMemory<byte> input, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancel);
            process.StandardInput.Close();
        }
        // A program may stop listening before the end; its exit code tells whether that was a failure.
        catch (IOException) { }
    }

    static async Task<string> Tail(StreamReader errors, CancellationToken cancel)
    {
        var kept = new StringBuilder();
        var part = new char[4096];
        for (int read; (read = await errors.ReadAsync(part, cancel)) > 0; )
        {
            kept.Append(part, 0, read);
            if (kept.Length > 2 * longestErrors)
                kept.Remove(0, kept.Length - longestErrors);
        }
        return kept.ToString(Math.Max(0, kept.Length - longestErrors), Math.Min(kept.Length, longestErrors));
    }

    static void Kill(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }
}
