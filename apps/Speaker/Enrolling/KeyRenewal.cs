using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Enrolling;

/// <summary>
/// The server does not let this speaker in, and it asks why. If its key was taken back it shows a code for a new one; until
/// somebody has claimed that, it goes on playing what it holds and knocks with the old one.
/// </summary>
sealed class KeyRenewal(Func<AwaitClaim> enrol, Restart restart, TimeProvider clock, EventLog log)
{
    static readonly TimeSpan longest = TimeSpan.FromHours(1);
    static readonly TimeSpan pause = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly Wakeup turnedAway = new(clock);
    CancellationTokenSource? asking;

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            if (!await turnedAway.Wait(longest, cancel))
                continue;
            if (await Ask(enrol(), cancel))
            {
                restart.Want(RestartReason.NewKey);
                return;
            }
            await Task.Delay(pause, clock, cancel);
        }
    }

    /// <summary>The server does not let the speaker in.</summary>
    public void TurnedAway() => turnedAway.Raise();

    /// <summary>The server knows the old key after all.</summary>
    public void LetIn()
    {
        lock (gate)
            _ = asking?.CancelAsync();
    }

    async Task<bool> Ask(AwaitClaim again, CancellationToken cancel)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        lock (gate)
            asking = until;
        try
        {
            return await again.Again(until.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            again.TakeDown();
            log.Tell("key-kept");
            return false;
        }
        catch (AnotherRootException another)
        {
            // Whoever stands between may say so; what this speaker holds it goes on playing.
            log.Tell("another-root", ("detail", another.Message));
            return false;
        }
        finally
        {
            lock (gate)
                asking = null;
        }
    }
}
