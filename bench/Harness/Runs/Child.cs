using System.Diagnostics;

namespace Loa.Bench.Runs;

/// <summary>
/// Another process of this same program, started with a verb, so that its processor time and memory are told apart from
/// ours; it takes an order a line and gives an answer a line.
/// </summary>
public sealed class Child : IAsyncDisposable
{
    readonly Process process;

    Child(Process process) => this.process = process;

    public int Id => process.Id;

    public TimeSpan Cpu => ProcessFigures.Cpu(Id);

    public static Child Start(string verb, params string[] more) =>
        Start(new ProcessStartInfo(Environment.ProcessPath!, [verb, .. more]));

    public static Child Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return new Child(Process.Start(start)!);
    }

    /// <summary>Gives an order and waits for its answer.</summary>
    public async Task<string> Ask(string order)
    {
        await process.StandardInput.WriteLineAsync(order);
        await process.StandardInput.FlushAsync();
        return await Answer(order);
    }

    /// <summary>The next line it says.</summary>
    public async Task<string> Answer(string of)
    {
        var answer =
            await process.StandardOutput.ReadLineAsync()
            ?? throw new IOException($"The process for “{of}” ended without an answer.");
        return answer.StartsWith("failed ", StringComparison.Ordinal) ? throw new IOException(answer) : answer;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                await process.WaitForExitAsync(enough.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
        process.Dispose();
    }

    /// <summary>The child's side: carries out orders until there are no more.</summary>
    public static async Task<int> Obey(Func<string[], Task<string>> carryOut)
    {
        while (await Console.In.ReadLineAsync() is { } order)
        {
            string answer;
            try
            {
                answer = await carryOut(order.Split(' '));
            }
            catch (Exception failure)
            {
                // The parent ends the show and prints it.
                answer = "failed " + failure.ToString().ReplaceLineEndings(" ");
            }
            Console.WriteLine(answer);
            await Console.Out.FlushAsync();
        }
        return 0;
    }
}
