using Loa.Air;

namespace Loa.Speaker.Updating;

/// <summary>New software or configuration on trial stays once the server has answered it, sound can go out, and it has run for a while.</summary>
sealed class UpdateTrial(
    Packages packages,
    UpdateUnderWay underWay,
    Func<CancellationToken, Task<SelfCheck>> output,
    TimeSpan atLeast,
    TimeProvider clock,
    EventLog log
)
{
    static readonly TimeSpan again = TimeSpan.FromSeconds(5);

    readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The server has answered on a connection of this run.</summary>
    public void Answered() => answered.TrySetResult();

    /// <summary>Runs until cancelled; a supervisor's patience is not ours to know.</summary>
    public async Task Run(CancellationToken cancel)
    {
        if (packages.OnTrial is not null)
        {
            await Task.WhenAll(answered.Task.WaitAsync(cancel), Task.Delay(atLeast, clock, cancel));
            while (await output(cancel) is { Good: false } silent)
            {
                log.Tell("trial-silent", ("detail", silent.Detail));
                await Task.Delay(again, clock, cancel);
            }
            underWay.Confirm();
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
    }
}
