using Loa.Air;
using Loa.Mqtt;
using Loa.Speaker.Commands;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>Hands each message from the server to whoever it is for; what cannot even be read is refused with a record.</summary>
sealed class Letterbox
{
    readonly Dictionary<AirTopic, Action<ReceivedMessage>> slots;
    readonly Guard guard;
    readonly TakeTimetable timetable;
    readonly TakeCommand command;
    readonly RecordBook records;
    readonly Outbox outbox;
    readonly ConnectionNonce nonce;
    readonly EventLog log;

    public Letterbox(
        Guard guard,
        TakeTimetable timetable,
        TakeCommand command,
        RecordBook records,
        Outbox outbox,
        ConnectionNonce nonce,
        TimeSync time,
        EventLog log
    )
    {
        (this.guard, this.timetable, this.command) = (guard, timetable, command);
        (this.records, this.outbox, this.nonce, this.log) = (records, outbox, nonce, log);
        slots = new()
        {
            [AirTopic.InTimetable] = message =>
                Read<TimetableMessage>(message, read => time.WhenKnown(() => timetable.Run(read))),
            [AirTopic.InCommand] = message => TakeLater(message, command, time),
            [AirTopic.InPlacement] = message => Read<PlacementMessage>(message, Place),
            [AirTopic.InRevocations] = message => Read<RevocationsMessage>(message, Revoke),
            [AirTopic.InRoot] = message => Read<RootMessage>(message, Follow),
            [AirTopic.InTime] = message => Read<TimeMessage>(message, time.Take),
            [AirTopic.InAck] = message => Read<AckMessage>(message, read => time.WhenKnown(() => Acknowledge(read))),
        };
    }

    /// <summary>The server has told which records it holds, signed and on this connection: it is ours, and it knows us.</summary>
    public event Action? Acknowledged;

    public void Take(ReceivedMessage message)
    {
        if (
            Topics.TryParse(message.TopicUtf8.Span, out var speaker, out var topic)
            && speaker == guard.Speaker
            && slots.TryGetValue(topic, out var slot)
        )
            slot(message);
        else
            log.Tell("strange-topic", ("topic", message.Topic));
    }

    void TakeLater(ReceivedMessage message, TakeCommand command, TimeSync time)
    {
        var again = message.Duplicate;
        Read<CommandMessage>(message, read => time.WhenKnown(() => command.Run(read, again)));
    }

    void Read<T>(ReceivedMessage message, Action<T> take)
        where T : AirMessage<T>, IAirMessage<T>
    {
        if (AirMessage<T>.TryRead(message.Payload.Span, out var read))
            take(read);
        else
            Refuse(RefusalSubject.Document, Refusal.JwsMalformed, Convert.ToBase64String(message.Payload.Span));
    }

    void Place(PlacementMessage message)
    {
        guard.Learn(message.Delegations);
        if (guard.Place(message.Placement) is { } reason)
        {
            Refuse(RefusalSubject.Placement, reason, message.Placement);
            return;
        }
        log.Tell("placed", ("version", guard.PlacementVersion));
        timetable.Reconsider();
        outbox.StateChanged();
    }

    void Follow(RootMessage message)
    {
        if (guard.Follow(message.Roots))
            log.Tell("root-changed", ("kid", guard.Root.KeyId));
    }

    void Revoke(RevocationsMessage message)
    {
        if (guard.Revoke(message.Revocations) is { } reason)
        {
            Refuse(RefusalSubject.Revocations, reason, message.Revocations);
            return;
        }
        log.Tell("revoked", ("version", guard.RevocationsVersion));
        timetable.Reconsider();
        outbox.StateChanged();
    }

    // In plain words anybody on the way could say it, and the proofs would be gone.
    void Acknowledge(AckMessage message)
    {
        guard.Learn(message.Delegations ?? []);
        if (message.Ack is not { } signed)
        {
            log.Tell("unsigned-ack", ("seq", message.Seq));
            return;
        }
        var verdict = guard.Ack(signed);
        if (!verdict.Ok)
        {
            log.Tell("ack-refused", ("reason", verdict.Reason));
            return;
        }
        var ack = verdict.Document;
        var isFresh = ack.Nonce == nonce.Value;
        if (records.Acknowledge(ack, isFresh) is { } fault)
            log.Tell(fault, ("seq", ack.Seq), ("hash", ack.Hash), ("reason", ack.Refused?.Reason));
        if (!isFresh)
            return;
        if (ack.Head is { } head)
            records.Note(head);
        Acknowledged?.Invoke();
    }

    void Refuse(RefusalSubject subject, string reason, string document)
    {
        log.Tell("refused", ("subject", subject), ("reason", reason));
        records.Refuse(subject, reason, document);
    }
}
