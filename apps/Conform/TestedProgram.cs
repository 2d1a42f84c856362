using System.Diagnostics;

namespace Loa.Conform;

/// <summary>The program under trial, with a fresh folder of its own; it ends with the trial.</summary>
sealed class TestedProgram : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("loa-tested-").FullName;
    readonly Process process = new();

    public TestedProgram(string[] program, TrialServer server)
    {
        var start = process.StartInfo;
        (start.FileName, start.RedirectStandardOutput, start.RedirectStandardError) = (program[0], true, true);
        foreach (var argument in program.Skip(1))
            start.ArgumentList.Add(
                argument
                    .Replace("{server}", server.Http, StringComparison.Ordinal)
                    .Replace("{data}", Path.Combine(folder, "data"), StringComparison.Ordinal)
                    .Replace("{serial}", "CONFORM-1", StringComparison.Ordinal)
            );
        // What it says is its own; it is read so that it never waits for a reader.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
