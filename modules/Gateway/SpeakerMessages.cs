using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Gateway;

/// <summary>Brings what speakers say to the capability that takes it, in bounded messages and not too many of them.</summary>
sealed partial class SpeakerMessages(
    TopicTable topics,
    NodeConnections node,
    ReportIngest ingest,
    TimeServer time,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<SpeakerMessages> log
)
{
    const int ComplaintsAtOnce = 5;

    readonly RateLimit<Guid> messages = new(options.Value.MessagesAtOnce, options.Value.MessagesPerSecond, clock);

    // One that sends nonsense must not fill the server's log with it.
    readonly RateLimit<Guid> complaints = new(ComplaintsAtOnce, 1 / 60.0, clock);

    /// <summary>The speaker is connected anew.</summary>
    public void Connected(Guid speaker)
    {
        foreach (var instant in topics.Instants)
            instant.Connected(speaker);
    }

    public async ValueTask<Objection?> Take(Guid speaker, ReceivedMessage message, CancellationToken cancel)
    {
        // Before all else, for the speaker that asks for the time.
        var received = clock.GetUtcNow();
        if (!messages.Take(speaker))
        {
            Log.TooMuch(log, speaker);
            node.Calm(speaker);
            return null;
        }
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
            return Object(speaker, message, null);
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(message.Payload.Span, out var question))
        {
            await time.Answer(speaker, question, received, cancel);
            return null;
        }
        if (topics.InstantOf(topic)?.Take(speaker, message.Payload.Span, received) == true)
            return null;
        string? fault = null;
        if (
            topics.ReportsOf(topic) is not { } taker
            || taker.Read(message.Payload.Span, speaker, clock.Moment(), out fault) is not { } report
        )
            return Object(speaker, message, fault);
        await ingest.Take(report, cancel);
        if (taker.IsAwaited)
            await report.Stored.WaitAsync(cancel);
        return null;
    }

    // A speaker of before takes no for the end of its connection, and would come again with the same.
    Objection? Object(Guid speaker, ReceivedMessage message, string? member)
    {
        if (complaints.Take(speaker))
            Log.Unreadable(log, speaker, message.Topic, message.Payload.Length, Words(member));
        return node.IsOld(speaker) ? null : new(ReasonCode.PayloadFormatInvalid, Words(member));
    }

    // What a stranger wrote does not come back to him as it was.
    static string? Words(string? member) =>
        member is null ? null
        : member.Length <= 100 && member.All(sign => char.IsAscii(sign) && !char.IsControl(sign)) ? member
        : "member";

    static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "Speaker {Speaker} sends too many messages and was shown out")]
        public static partial void TooMuch(ILogger log, Guid speaker);

        [LoggerMessage(
            3,
            LogLevel.Warning,
            "Speaker {Speaker} sent {Bytes} bytes to {Topic} that nobody can read, because of {Member}"
        )]
        public static partial void Unreadable(ILogger log, Guid speaker, string topic, int bytes, string? member);
    }
}
