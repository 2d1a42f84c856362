using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Loa.Speaker.Conformity;

/// <summary>A speaker in another language, written from the protocol alone.</summary>
public sealed class ForeignSpeakerTests(ITestOutputHelper output)
{
    static readonly string root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
    static readonly string foreign = Path.Combine(root, "tests", "Foreign", "speaker");

    [Fact]
    public async Task Holds_every_script()
    {
        await Run("bash", Path.Combine(root, "build", "foreign"));
        Assert.True(await output.Try(["node", Path.Combine(foreign, "speaker.mjs"), .. Trials.Given]));
    }

    [Fact]
    public async Task Judges_every_vector_as_written() =>
        await Run("node", Path.Combine(foreign, "vectors.mjs"), Path.Combine(root, "docs", "protocols"));

    async Task Run(string program, params string[] arguments)
    {
        using var process = new Process();
        process.StartInfo = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        process.Start();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.WriteLine(said);
        Assert.True(process.ExitCode == 0, said);
    }

    static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
