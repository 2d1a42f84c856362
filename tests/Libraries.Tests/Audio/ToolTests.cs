using System.Diagnostics;
using System.Text;

namespace Loa.Audio;

public sealed class ToolTests : IDisposable
{
    static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    readonly Workbench bench = new();
    readonly Tool shell = new("sh", "dash");

    [Fact]
    public async Task A_missing_program_is_named_with_the_way_to_install_it()
    {
        var tool = new Tool("loa-no-such-program", "some-package");
        var missing = await Assert.ThrowsAsync<ToolMissingException>(() =>
            tool.Run([], default, null, minute, default)
        );
        Assert.Contains("apt-get install some-package", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stands_behind_all_others_on_the_processor()
    {
        using var output = new MemoryStream();
        await shell.Run(["-c", "read go; nice"], "go\n"u8.ToArray(), output, minute, default);
        Assert.Equal("10", Encoding.ASCII.GetString(output.ToArray()).Trim());
    }

    [Fact]
    public async Task A_failure_carries_the_code_and_the_last_words()
    {
        var failed = await Assert.ThrowsAsync<ToolException>(() => Shell("echo nothing works >&2; exit 3", minute));
        Assert.Equal(3, failed.ExitCode);
        Assert.Equal("nothing works", failed.Errors);
    }

    [Fact]
    public async Task What_goes_in_comes_out_even_when_it_is_more_than_a_pipe_holds()
    {
        var input = new byte[3_000_000];
        new Random(1).NextBytes(input);
        using var output = new MemoryStream();
        await shell.Run(["-c", "cat"], input, output, minute, default);
        Assert.Equal(input, output.ToArray());
    }

    [Fact]
    public async Task A_program_that_does_not_listen_is_not_waited_for()
    {
        await shell.Run(["-c", "exit 0"], new byte[3_000_000], null, minute, default);
    }

    [Fact]
    public async Task Complaints_without_end_are_cut_at_their_beginning()
    {
        var said = await Shell("yes complaint | head -n 200000 >&2; echo the end >&2", minute);
        Assert.True(said.Length <= 32 * 1024);
        Assert.EndsWith("the end\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped_with_its_children()
    {
        var watch = Stopwatch.StartNew();
        var script = $"sleep 300 & echo $! > '{bench["child"]}'; wait";
        var late = await Assert.ThrowsAsync<ToolException>(() => Shell(script, TimeSpan.FromSeconds(1)));
        Assert.Null(late.ExitCode);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        await Gone(bench["child"]);
    }

    [Fact]
    public async Task Cancelling_stops_the_program_with_its_children()
    {
        using var cancel = new CancellationTokenSource();
        using var output = new CancelOnWrite(cancel);
        var script = $"sleep 300 & echo $! > '{bench["child"]}'; echo ready; wait";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            shell.Run(["-c", script], default, output, minute, cancel.Token)
        );
        await Gone(bench["child"]);
    }

    public void Dispose() => bench.Dispose();

    Task<string> Shell(string script, TimeSpan limit) => shell.Run(["-c", script], default, null, limit, default);

    // A killed process may stay in the table for a moment until its parent hears of it.
    static async Task Gone(string pidFile)
    {
        var status = $"/proc/{(await File.ReadAllTextAsync(pidFile)).Trim()}/status";
        var watch = Stopwatch.StartNew();
        while (
            File.Exists(status)
            && !(await File.ReadAllTextAsync(status)).Contains("State:\tZ", StringComparison.Ordinal)
        )
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "the child still lives");
            await Task.Yield();
        }
    }

    sealed class CancelOnWrite(CancellationTokenSource cancel) : MemoryStream
    {
        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            Assert.Equal("ready\n", Encoding.UTF8.GetString(buffer.Span));
            await cancel.CancelAsync();
        }
    }
}
