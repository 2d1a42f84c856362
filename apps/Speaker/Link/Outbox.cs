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
    bool stateChanged;

    public void Progress(TimetableItem item, ItemProgress state, string? reason = null) =>
        Add(progress, new ProgressMessage(item.Id, item.Broadcast, state, clock.GetUtcNow(), reason));

    public void Receipt(Guid command, CommandState state, string? reason = null) =>
        Add(receipts, new ReceiptMessage(command, state, clock.GetUtcNow(), reason));

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
