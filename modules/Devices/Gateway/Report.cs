using Loa.Air;
using Loa.Jose;

namespace Loa.Devices.Gateway;

/// <summary>One thing a speaker said, or that its line showed, on the way to the database.</summary>
abstract class Report(Guid speaker, DateTimeOffset at)
{
    readonly TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Speaker => speaker;

    /// <summary>When it came in, by the server's clock.</summary>
    public DateTimeOffset At => at;

    /// <summary>Completes when it is stored for ever.</summary>
    public Task Stored => stored.Task;

    /// <summary>The items it is about, whose plays are then read.</summary>
    public virtual IReadOnlyCollection<Guid> Items => [];

    /// <summary>The command it is about.</summary>
    public virtual Guid? Command => null;

    /// <summary>Looks at all that is dear to look at, above all a signature, where it came in: beside all others, and before the one writer.</summary>
    /// <param name="key">The key that the speaker's line has proved.</param>
    /// <param name="isOld">Whether the speaker knows only the rules of before.</param>
    public virtual void Prove(PublicKey? key, bool isOld) { }

    /// <summary>Changes the rows of its speaker. It may run again when two transactions clash.</summary>
    public abstract ValueTask Apply(IntakeBatch batch, Registry.Speaker of, CancellationToken cancel);

    public void IsStored() => stored.TrySetResult();

    public void IsLost(Exception why)
    {
        // Nobody waits for most reports; an exception that nobody looks at is no news then.
        stored.TrySetException(why);
        _ = stored.Task.Exception;
    }

    /// <summary>Null when the bytes are not what belongs on this topic.</summary>
    /// <param name="fault">The member that cannot be read.</param>
    public static Report? Read(
        AirTopic topic,
        ReadOnlySpan<byte> payload,
        Guid speaker,
        DateTimeOffset at,
        out string? fault
    )
    {
        fault = null;
        return topic switch
        {
            AirTopic.OutState when StateMessage.TryRead(payload, out var state, out fault) => state.Online
                ? new StateReport(speaker, at, state)
                : new GoodbyeReport(speaker, at),
            AirTopic.OutProgress when ProgressMessage.TryRead(payload, out var progress, out fault) =>
                new ProgressReport(speaker, at, progress),
            AirTopic.OutRecord when RecordMessage.TryRead(payload, out var record, out fault) => new RecordReport(
                speaker,
                at,
                record.Record
            ),
            AirTopic.OutReceipt when ReceiptMessage.TryRead(payload, out var receipt, out fault) => new ReceiptReport(
                speaker,
                at,
                receipt
            ),
            AirTopic.OutLog when LogMessage.TryRead(payload, out var log, out fault) => new LogReport(speaker, at, log),
            _ => null,
        };
    }
}
