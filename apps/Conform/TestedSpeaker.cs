using Loa.Air;
using Loa.Jose;

namespace Loa.Conform;

/// <summary>What the speaker has said, and a way to wait for more.</summary>
sealed class TestedSpeaker(Guid id, PublicKey key, Enrolment enrolment, IReadOnlyList<Guid> path)
{
    readonly Lock gate = new();
    readonly List<AirRecord> records = [];
    readonly List<ReceiptMessage> receipts = [];
    readonly List<string> faults = [];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Id => id;

    public PublicKey Key => key;

    public IReadOnlyList<Guid> Path => path;

    public string? Vendor => enrolment.Vendor;

    public string Model => enrolment.Model;

    public int Protocol => enrolment.Protocol ?? 1;

    public RecordHead Head { get; private set; } = RecordHead.Start;

    /// <summary>What it last said of itself.</summary>
    public StateMessage? State { get; private set; }

    /// <summary>The version of the placement it was given last, whether it has said that it holds it or not.</summary>
    public long Placed { get; set; } = 1;

    /// <summary>Whether it has asked for the time, and was answered; before that it may play nothing planned.</summary>
    public bool WasToldTheTime { get; private set; }

    /// <summary>What it is to hold, whole.</summary>
    public (long Version, byte[] Whole)? Desired { get; set; }

    public IReadOnlyList<AirRecord> Records => Copy(records);

    public IReadOnlyList<ReceiptMessage> Receipts => Copy(receipts);

    /// <summary>What it said that no speaker may say.</summary>
    public IReadOnlyList<string> Faults => Copy(faults);

    public void Object(string fault)
    {
        lock (gate)
            faults.Add(fault);
    }

    public void Hear(AirTopic topic, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            switch (topic)
            {
                case AirTopic.OutState when StateMessage.TryRead(payload, out var state, out _):
                    State = state;
                    break;
                case AirTopic.OutReceipt when ReceiptMessage.TryRead(payload, out var receipt, out _):
                    receipts.Add(receipt);
                    break;
                case AirTopic.OutRecord when RecordMessage.TryRead(payload, out var message, out _):
                    Take(message.Record);
                    break;
                case AirTopic.OutTime when TimeQuestion.TryRead(payload, out _):
                    WasToldTheTime = true;
                    break;
                case AirTopic.OutProgress when ProgressMessage.TryRead(payload, out _):
                case AirTopic.OutHealth when HealthMessage.Heard(payload, default) is not null:
                case AirTopic.OutLog when LogMessage.TryRead(payload, out _):
                    break;
                default:
                    faults.Add($"a message on {topic} that cannot be read");
                    break;
            }
        }
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Waits until something is so; false when it does not come to be.</summary>
    public async Task<bool> Comes(Func<bool> so, TimeSpan within, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (so())
                return true;
            var left = within - TimeProvider.System.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            await Task.WhenAny(next, Task.Delay(left, TimeProvider.System, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    void Take(string compact)
    {
        var verdict = RecordChain.Verify(Head, compact, id, key, out var link, out var next);
        if (!verdict.Ok)
            faults.Add($"a record that is refused: {verdict.Reason}");
        else if (link is RecordLink.Gap or RecordLink.Broken)
            faults.Add($"record {verdict.Document.Seq} does not follow on {Head.Seq}");
        else if (link == RecordLink.Next)
        {
            Head = next;
            records.Add(verdict.Document);
        }
    }

    IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (gate)
            return [.. list];
    }
}
