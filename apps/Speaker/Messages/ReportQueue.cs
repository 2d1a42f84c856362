using Loa.Air;

namespace Loa.Speaker.Messages;

/// <summary>What is to be told to the server as soon as there is a connection, beside the records, which wait in the journal.</summary>
sealed class ReportQueue(Wakeup ready, TimeProvider clock)
{
    // The live view may lose something; the record is the proof.
    const int MostReceipts = 512;
    const int MostSteps = 2_048;

    readonly Lock gate = new();
    readonly Dictionary<Guid, ItemStep> steps = [];
    readonly Queue<ReceiptMessage> receipts = new();
    readonly Queue<LogMessage> logs = new();
    TaskCompletionSource? logged;
    bool busy;
    bool stateChanged;

    /// <summary>What was to be told of an item before and is not told yet is out of date.</summary>
    public void Progress(TimetableItem item, ItemProgress state, string? reason = null)
    {
        lock (gate)
        {
            if (steps.Count < MostSteps || steps.ContainsKey(item.Id))
                steps[item.Id] = new ItemStep(item.Id, state, reason);
        }
        ready.Raise();
    }

    public void Receipt(Guid command, CommandState state, string? reason = null) =>
        Receipt(new ReceiptMessage(command, state, clock.GetUtcNow(), reason));

    /// <summary>Also what was told before.</summary>
    public void Receipt(ReceiptMessage message)
    {
        lock (gate)
        {
            receipts.Enqueue(message);
            if (receipts.Count > MostReceipts)
                receipts.Dequeue();
        }
        ready.Raise();
    }

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

    /// <summary>What waits now; receipts and progress wait on until they are told.</summary>
    public (IReadOnlyList<ReceiptMessage> Receipts, ProgressMessage? Progress, bool StateChanged) Look()
    {
        lock (gate)
        {
            var progress =
                steps.Count == 0
                    ? null
                    : new ProgressMessage(clock.GetUtcNow(), [.. steps.Values.Take(ProgressMessage.MostItems)]);
            var all = (receipts.ToList(), progress, stateChanged);
            stateChanged = false;
            busy = true;
            return all;
        }
    }

    public void Told(IReadOnlyList<ReceiptMessage> told)
    {
        lock (gate)
        {
            foreach (var receipt in told)
                if (receipts.TryPeek(out var first) && first == receipt)
                    receipts.Dequeue();
        }
    }

    public void Told(ProgressMessage told)
    {
        lock (gate)
        {
            foreach (var step in told.Items)
                if (steps.TryGetValue(step.Item, out var now) && now == step)
                    steps.Remove(step.Item);
            if (steps.Count == 0)
                return;
        }
        // More than one message takes.
        ready.Raise();
    }
}
