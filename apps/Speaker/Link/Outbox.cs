using Loa.Air;

namespace Loa.Speaker.Link;

/// <summary>What is to be told to the server as soon as there is a connection, beside the records, which wait in the notebook.</summary>
sealed class Outbox(Signal ready, TimeProvider clock)
{
    // The live view may lose the oldest; the record is the proof.
    const int Most = 512;

    readonly Lock gate = new();
    readonly Queue<ProgressMessage> progress = new();
    readonly Queue<ReceiptMessage> receipts = new();
    readonly Queue<LogMessage> logs = new();
    TaskCompletionSource? logged;
    bool busy;
    bool stateChanged;

    public void Progress(TimetableItem item, ItemProgress state, string? reason = null) =>
        Add(progress, new ProgressMessage(item.Id, item.Broadcast, state, clock.GetUtcNow(), reason));

    public void Receipt(Guid command, CommandState state, string? reason = null) =>
        Add(receipts, new ReceiptMessage(command, state, clock.GetUtcNow(), reason));

    /// <summary>Tells again what was told before.</summary>
    public void Receipt(ReceiptMessage before) => Add(receipts, before);

    /// <returns>Completes when the server has all parts.</returns>
    public Task Log(IEnumerable<LogMessage> parts)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            // Whoever asks anew gets the newest; the one before need not wait for ever.
            logged?.TrySetResult();
            logs.Clear();
            foreach (var part in parts)
                logs.Enqueue(part);
            logged = done;
        }
        ready.Raise();
        return done.Task;
    }

    /// <summary>The next part of a log that the server does not have.</summary>
    public LogMessage? NextLog
    {
        get
        {
            lock (gate)
                return logs.TryPeek(out var part) ? part : null;
        }
    }

    public void LogSent(LogMessage part)
    {
        lock (gate)
        {
            if (!logs.TryPeek(out var first) || first != part)
                return;
            logs.Dequeue();
            if (logs.Count > 0)
                return;
            logged?.TrySetResult();
            logged = null;
        }
    }

    /// <summary>Whether nothing waits that the server should hear before the speaker ends.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return !busy && receipts.Count == 0;
        }
    }

    /// <summary>All that was taken has been sent.</summary>
    public void Sent()
    {
        lock (gate)
            busy = false;
    }

    public void StateChanged()
    {
        lock (gate)
            stateChanged = true;
        ready.Raise();
    }

    /// <summary>Takes all that waits.</summary>
    public (IReadOnlyList<ReceiptMessage> Receipts, IReadOnlyList<ProgressMessage> Progress, bool StateChanged) Take()
    {
        lock (gate)
        {
            var all = (receipts.ToList(), progress.ToList(), stateChanged);
            receipts.Clear();
            progress.Clear();
            stateChanged = false;
            busy = true;
            return all;
        }
    }

    void Add<T>(Queue<T> queue, T message)
    {
        lock (gate)
        {
            queue.Enqueue(message);
            if (queue.Count > Most)
                queue.Dequeue();
        }
        ready.Raise();
    }
}
