using Loa.Air;
using Loa.Jose;

namespace Loa.Speaker.InABox;

/// <summary>What the province has heard of one speaker, and a way to wait for more.</summary>
sealed class SpeakerMirror(Guid id, PublicKey key, string serial)
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    readonly List<AirRecord> records = [];
    readonly List<ProgressMessage> progress = [];
    readonly List<ReceiptMessage> receipts = [];
    readonly List<StateMessage> states = [];
    readonly List<HealthMessage> health = [];
    readonly List<LogMessage> logs = [];
    readonly List<string> faults = [];
    string? nonce;
    int questions;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Id => id;

    public PublicKey Key => key;

    public string Serial => serial;

    public RecordHead Head { get; private set; } = RecordHead.Start;

    /// <summary>What it should hold; sent again whenever it reports that it holds less.</summary>
    public (long Version, byte[] Message)? Desired { get; set; }

    /// <summary>While held, records are heard and not acknowledged.</summary>
    public bool HoldAcks { get; set; }

    public IReadOnlyList<AirRecord> Records => Copy(records);

    public IReadOnlyList<ProgressMessage> Progress => Copy(progress);

    public IReadOnlyList<ReceiptMessage> Receipts => Copy(receipts);

    public IReadOnlyList<StateMessage> States => Copy(states);

    public IReadOnlyList<HealthMessage> Health => Copy(health);

    public IReadOnlyList<LogMessage> Logs => Copy(logs);

    /// <summary>Records that were not signed by it or did not follow the last one.</summary>
    public IReadOnlyList<string> Faults => Copy(faults);

    /// <summary>The last record that was not taken, and why.</summary>
    public RefusedRecord? Refused { get; set; }

    /// <summary>Up to where its records are held, in the server's own hand and for the connection it is on.</summary>
    public Acknowledgement Ack
    {
        get
        {
            lock (gate)
                return new Acknowledgement(id, Head.Seq, Head.Hash, TimeProvider.System.GetUtcNow(), nonce, Refused);
        }
    }

    /// <summary>A server that holds other records under the same numbers, or fewer, or more.</summary>
    public void Pretend(RecordHead head)
    {
        lock (gate)
            (Head, Refused) = (head, null);
    }

    /// <summary>A server that lost what it never acknowledged.</summary>
    public void Lose()
    {
        lock (gate)
        {
            Assert.True(HoldAcks);
            records.Clear();
            Head = RecordHead.Start;
        }
    }

    public IReadOnlyList<AirRecord> Of(TimetableItem item) => [.. Records.Where(record => record.Item == item.Id)];

    public Task<AirRecord> Played(TimetableItem item) => Record(item, PlayOutcome.Played);

    public Task<AirRecord> Record(TimetableItem item, PlayOutcome outcome) =>
        Until(() => Of(item).FirstOrDefault(record => record.Outcome == outcome), $"{outcome} of {item.Id}");

    public Task<AirRecord> Refusal(RefusalSubject subject) =>
        Until(() => Records.FirstOrDefault(record => record.Subject == subject), $"refusal of a {subject}");

    public IEnumerable<ItemStep> Steps(TimetableItem item) =>
        Progress.SelectMany(told => told.Items).Where(step => step.Item == item.Id);

    /// <summary>Returns when an item has come so far, or further.</summary>
    public Task<ItemStep> Reaches(TimetableItem item, ItemProgress state) =>
        Until(() => Steps(item).FirstOrDefault(step => IsAsFar(step.State, state)), $"{state} of {item.Id}");

    public Task<ReceiptMessage> Receipt(Guid command, CommandState state) =>
        Until(() => Receipts.FirstOrDefault(told => told.Command == command && told.State == state), $"{state}");

    /// <summary>What became of a command, whichever way.</summary>
    public Task<ReceiptMessage> Answer(Guid command) =>
        Until(
            () => Receipts.FirstOrDefault(told => told.Command == command && told.State != CommandState.Received),
            "an answer"
        );

    /// <summary>Returns when it has been answered what time it is.</summary>
    public Task KnowsTheTime() =>
        Until(() => Volatile.Read(ref questions) > 0 ? this : null, "a question for the time");

    public Task<StateMessage> State(Func<StateMessage, bool> when) => Until(() => States.LastOrDefault(when), "state");

    static bool IsAsFar(ItemProgress told, ItemProgress wanted) =>
        told == wanted || (told != ItemProgress.Refused && wanted != ItemProgress.Refused && told > wanted);

    public async Task<T> Until<T>(Func<T?> find, string what)
        where T : class
    {
        using var enough = new CancellationTokenSource(patience, TimeProvider.System);
        while (true)
        {
            Task more;
            lock (gate)
                more = changed.Task;
            if (find() is { } found)
                return found;
            try
            {
                await more.WaitAsync(enough.Token);
            }
            catch (OperationCanceledException silent)
            {
                throw new TimeoutException($"Waited in vain for {what}; {Story()}", silent);
            }
        }
    }

    public void Hear(AirTopic topic, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (topic == AirTopic.OutRecord && RecordMessage.TryRead(payload, out var record))
                Take(record.Record);
            else if (topic == AirTopic.OutProgress && ProgressMessage.TryRead(payload, out var step))
                progress.Add(step);
            else if (topic == AirTopic.OutReceipt && ReceiptMessage.TryRead(payload, out var receipt))
                receipts.Add(receipt);
            else if (topic == AirTopic.OutState && StateMessage.TryRead(payload, out var state))
                Note(state);
            else if (
                topic == AirTopic.OutHealth
                && HealthMessage.Heard(payload, TimeProvider.System.GetUtcNow()) is { } told
            )
                health.Add(told);
            else if (topic == AirTopic.OutLog && LogMessage.TryRead(payload, out var log))
                logs.Add(log);
            else if (topic == AirTopic.OutTime && TimeQuestion.TryRead(payload, out _))
                questions++;
            else
                faults.Add($"unreadable {topic}");
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    void Note(StateMessage state)
    {
        states.Add(state);
        nonce = state.Nonce ?? nonce;
    }

    void Take(string compact)
    {
        var verdict = RecordChain.Verify(Head, compact, id, key, out var link, out var next);
        if (verdict.Ok && link == RecordLink.Next)
        {
            records.Add(verdict.Document);
            Refused = null;
        }
        else if (link != RecordLink.Repeat)
        {
            faults.Add($"{verdict.Reason} {link} {verdict.Document?.Seq} after {Head.Seq}");
            var reason = verdict.Reason ?? (link == RecordLink.Gap ? "record.gap" : "record.broken");
            Refused = new(verdict.Document?.Seq ?? Head.Seq + 1, reason);
        }
        Head = next;
    }

    string Story() =>
        string.Join(", ", Records.Select(record => $"{record.Kind} {record.Outcome} {record.Reason}"))
        + "; "
        + string.Join(", ", Progress.SelectMany(told => told.Items).Select(step => $"{step.State} {step.Reason}"))
        + "; "
        + string.Join(", ", Faults)
        + $"; {questions} questions for the time";

    List<T> Copy<T>(List<T> list)
    {
        lock (gate)
            return [.. list];
    }
}
