using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Messages;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>Why a speaker wants to be started again.</summary>
enum RestartReason
{
    /// <summary>An operator ordered it.</summary>
    Ordered,

    /// <summary>Other software or another configuration is to be tried.</summary>
    Update,

    /// <summary>A person has claimed its new key.</summary>
    NewKey,
}

/// <summary>An orderly end that the speaker itself wants, to be started anew.</summary>
sealed class Restart(ReportQueue reports, TimeProvider clock)
{
    // The server should hear that the command came before it sees the speaker go.
    static readonly TimeSpan most = TimeSpan.FromSeconds(2);
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    readonly TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int reason = -1;

    /// <summary>The first reason; null as long as nobody wants it.</summary>
    public RestartReason? Reason => Volatile.Read(ref reason) is >= 0 and var first ? (RestartReason)first : null;

    public Execution Order(Command command, CommandMessage message, WriteBatch changes) =>
        _ =>
        {
            // Answered by the next start, which knows that it happened.
            Want(RestartReason.Ordered);
            return Task.FromResult(Outcome.Later);
        };

    public void Want(RestartReason why)
    {
        Interlocked.CompareExchange(ref reason, (int)why, -1);
        wanted.TrySetResult();
    }

    /// <summary>Returns when it is time to go.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await wanted.Task.WaitAsync(cancel);
        var began = clock.GetTimestamp();
        do await Task.Delay(look, clock, cancel);
        while (!reports.IsEmpty && clock.GetElapsedTime(began) < most);
    }
}
