using Loa.Jose;

namespace Loa.Contracts.Gateway;

/// <summary>One thing a speaker said, or that its connection showed, on the way to the database.</summary>
public abstract class Report(Guid speaker, DateTimeOffset at)
{
    readonly TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Speaker => speaker;

    /// <summary>When it came in, by the server's clock.</summary>
    public DateTimeOffset At => at;

    /// <summary>Completes when it is stored for ever.</summary>
    public Task Stored => stored.Task;

    /// <summary>How much work it is; a batch takes so much together.</summary>
    public virtual int Weight => 0;

    /// <summary>Verifies what is dear to verify, above all a signature, where it came in: beside all others, and before the one writer.</summary>
    /// <param name="key">The key that the speaker has proved on its connection.</param>
    /// <param name="isOld">Whether the speaker knows only the rules of before.</param>
    public virtual void Prove(PublicKey? key, bool isOld) { }

    public void IsStored() => stored.TrySetResult();

    public void IsLost(Exception why)
    {
        // Nobody waits for most reports; an exception that nobody looks at is no news then.
        stored.TrySetException(why);
        _ = stored.Task.Exception;
    }
}
