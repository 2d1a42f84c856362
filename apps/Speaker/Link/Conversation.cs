using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Servers;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Link;

/// <summary>What is said on one connection, until it is lost or another server is to be tried.</summary>
sealed class Conversation(
    ServerTrial servers,
    MqttSession session,
    TimeSync time,
    News news,
    StreamSubscriptions streams,
    RecordStore records,
    ReportQueue reports,
    Wakeup ready
)
{
    // So many fill a slow line with a long way there and back, and what is urgent waits for no more than these.
    const int Batch = 16;

    // A trial of a server ends in time whether or not anything happens.
    static readonly TimeSpan longestWait = TimeSpan.FromSeconds(60);

    /// <param name="isUpToDate">Whether the server has all that was told before.</param>
    public async Task Run(ServerNote server, bool isUpToDate, CancellationToken cancel)
    {
        var sent = 0L;
        time.Connected();
        news.Begin(isUpToDate);
        streams.Begin();
        while (session.IsConnected && servers.Current == server)
        {
            // An answer to a question that had to be sent again, or to wait, would be worth less.
            if (time.Question() is { } question)
                await session.Say(AirTopic.OutTime, question.ToBytes(), cancel);
            await news.Tell(cancel);
            await streams.Follow(cancel);
            sent = records.SendAgain() ?? sent;
            var waiting = records.After(sent, Batch);
            var messages = waiting.Select(pair => new RecordMessage(pair.Value).ToBytes());
            await session.Send(AirTopic.OutRecord, messages, cancel);
            if (waiting.Count > 0)
                sent = waiting[^1].Key;
            reports.Sent();
            if (waiting.Count < Batch)
                await ready.Wait(Shortest(news.Pause, streams.Pause, longestWait), cancel);
            servers.GiveUpInTime();
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Over() => time.Disconnected();

    static TimeSpan Shortest(params ReadOnlySpan<TimeSpan> pauses)
    {
        var shortest = pauses[0];
        foreach (var pause in pauses)
            shortest = pause < shortest ? pause : shortest;
        return shortest;
    }
}
