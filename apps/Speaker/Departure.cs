using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Link;
using Loa.Speaker.Store;

namespace Loa.Speaker;

/// <summary>Why a speaker's software ended.</summary>
public enum Departed
{
    /// <summary>It was asked to from outside.</summary>
    Stopped,

    /// <summary>It wants to be started again.</summary>
    Restart,
}

/// <summary>An orderly end that the speaker itself wants, to be started anew.</summary>
sealed class Departure(Outbox outbox, TimeProvider clock)
{
    // The server should hear that the command came before it sees the speaker go.
    static readonly TimeSpan most = TimeSpan.FromSeconds(2);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    readonly TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsWanted => wanted.Task.IsCompleted;

    public Act Order(Command command, CommandMessage message, Changes changes) =>
        _ =>
        {
            // Answered by the next start, which knows that it happened.
            Want();
            return Task.FromResult(Outcome.Later);
        };

    public void Want() => wanted.TrySetResult();

    /// <summary>Returns when it is time to go.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await wanted.Task.WaitAsync(cancel);
        var began = clock.GetTimestamp();
        do await Task.Delay(look, clock, cancel);
        while (!outbox.IsEmpty && clock.GetElapsedTime(began) < most);
    }
}
