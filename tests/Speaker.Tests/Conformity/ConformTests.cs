using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Loa.Conform;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Conformity;

/// <summary>The scripts beside the protocol, played to our own speaker and to one that others could have written.</summary>
public sealed class ConformTests(ITestOutputHelper output)
{
    static readonly string root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
    static readonly string foreign = Path.Combine(root, "tests", "Foreign", "speaker");
    static readonly string[] given = ["--server", "{server}", "--data", "{data}", "--serial", "{serial}"];

    [Fact]
    public async Task Our_speaker_holds_every_script() =>
        Assert.True(await Try([SpeakerProcess.Speaker, .. given, "--output", "null"]));

    [Fact]
    public async Task A_speaker_in_another_language_holds_every_script()
    {
        await Run("bash", Path.Combine(root, "build", "foreign"));
        Assert.True(await Try(["node", Path.Combine(foreign, "speaker.mjs"), .. given]));
    }

    [Fact]
    public async Task A_reader_in_another_language_judges_every_vector_as_written() =>
        await Run("node", Path.Combine(foreign, "vectors.mjs"), Path.Combine(root, "docs", "protocols"));

    [Fact]
    public async Task A_speaker_that_plays_nothing_does_not_pass()
    {
        var said = new ConcurrentQueue<string>();
        await Assert.ThrowsAsync<TimeoutException>(() =>
            ConformCommand.Try(
                ["sleep", "60"],
                null,
                TimeSpan.FromSeconds(1),
                said.Enqueue,
                TestContext.Current.CancellationToken
            )
        );
    }

    Task<bool> Try(string[] program) =>
        ConformCommand.Try(
            program,
            null,
            TimeSpan.FromMinutes(1),
            output.WriteLine,
            TestContext.Current.CancellationToken
        );

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
