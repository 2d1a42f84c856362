using Loa.Speaker.Enrolling;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Start;

/// <summary>How a speaker's software ended.</summary>
public enum Ended
{
    /// <summary>It was asked to from outside.</summary>
    Stopped,

    /// <summary>It wants to be started again.</summary>
    Restart,
}

/// <summary>The software of one loudspeaker cluster, from its first start until it is switched off; a process may hold thousands.</summary>
public sealed class Loudspeaker(Settings settings, SpeakerEnvironment around)
{
    /// <summary>Runs until cancelled, or until it wants to be started again.</summary>
    /// <exception cref="AnotherRootException">It is asked to obey another root than its own.</exception>
    /// <exception cref="IOException">Its data cannot be read or written, or another process uses them.</exception>
    public async Task<Ended> Run(CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Data);
        await using var mine = Claim();
        try
        {
            var reason = await Live(cancel);
            around.Log.Tell("restart", ("why", reason));
            return Ended.Restart;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            around.Log.Tell("stopped");
            return Ended.Stopped;
        }
    }

    async Task<RestartReason?> Live(CancellationToken cancel)
    {
        await using var parts = new Parts();
        parts.AddGround(settings, around);
        around.Watch(parts.Get<AirClock>());
        var identity = await parts.Get<Enrolments>().With(settings).Run(cancel);
        parts.AddWork(identity, parts.Get<OwnKeys>().InForce, around);
        var restart = parts.Get<Restart>();
        await Together(parts, restart, cancel);
        return restart.Reason;
    }

    // When one part fails, or wants a restart, the others end in good order first.
    static async Task Together(Parts parts, Restart restart, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = parts.Run(either.Token);
        await Task.WhenAny(running);
        await either.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (restart.Reason is not null && running.All(part => !part.IsFaulted))
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    // Two processes with one identity would each break the other's chain of records.
    FileStream Claim() =>
        new(Path.Combine(settings.Data, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
