using Loa.Air;
using Loa.Mqtt;
using Loa.Speaker.Records;

namespace Loa.Speaker.Messages;

/// <summary>Hands each message from the server to whoever it is for; what cannot even be read is refused with a record.</summary>
sealed class MessageDispatch(Guid speaker, RecordStore records, EventLog log)
{
    readonly Dictionary<AirTopic, Action<ReceivedMessage>> slots = [];
    SoundTaker? sound;

    public void On<T>(AirTopic topic, Action<T> take)
        where T : AirMessage<T>, IAirMessage<T> => On<T>(topic, (message, _) => take(message));

    /// <param name="take">Told also whether the transport may have brought this very message before.</param>
    public void On<T>(AirTopic topic, Action<T, bool> take)
        where T : AirMessage<T>, IAirMessage<T> => slots.Add(topic, message => Read(message, take));

    /// <summary>What hears streams.</summary>
    public void OnSound(SoundTaker take) => sound = take;

    public void Take(ReceivedMessage message)
    {
        if (Topics.TryParseSound(message.TopicUtf8.Span, out var stream))
        {
            sound?.Invoke(stream, message.Payload.Span);
            return;
        }
        if (
            Topics.TryParse(message.TopicUtf8.Span, out var to, out var topic)
            && to == speaker
            && slots.TryGetValue(topic, out var slot)
        )
        {
            if (RequestOf(message) is { } request)
                log.Tell("asked", ("topic", topic), ("request", request));
            slot(message);
        }
        else
            log.Tell("strange-topic", ("topic", message.Topic));
    }

    /// <summary>The document is not believed, and a record says so.</summary>
    public void Refuse(RefusalSubject subject, string reason, string document)
    {
        log.Tell("refused", ("subject", subject), ("reason", reason));
        records.Refuse(subject, reason, document);
    }

    // Unsigned, so for the log alone and no longer than it must be.
    static string? RequestOf(ReceivedMessage message) =>
        message.Properties.User.FirstOrDefault(p => p.Key == Topics.RequestProperty).Value is { } id
        && id.Length <= Topics.LongestRequest
            ? id
            : null;

    void Read<T>(ReceivedMessage message, Action<T, bool> take)
        where T : AirMessage<T>, IAirMessage<T>
    {
        if (AirMessage<T>.TryRead(message.Payload.Span, out var read))
            take(read, message.Duplicate);
        else
            Refuse(RefusalSubject.Document, Refusal.JwsMalformed, Convert.ToBase64String(message.Payload.Span));
    }
}

/// <summary>Takes a message of a stream.</summary>
delegate void SoundTaker(Guid stream, ReadOnlySpan<byte> message);
