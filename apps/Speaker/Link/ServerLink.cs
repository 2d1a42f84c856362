using System.Text;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Client;
using Loa.Speaker.Commands;
using Loa.Speaker.Health;
using Loa.Speaker.Records;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>The conversation with the server: it is found again whenever it is lost, and nothing that must arrive is lost with it.</summary>
sealed class ServerLink(
    Identity identity,
    SigningKey key,
    ServerBook servers,
    ChangeServer elsewhere,
    Letterbox letterbox,
    RecordBook records,
    AnswerBook answers,
    Outbox outbox,
    Report report,
    Checkup checkup,
    ConnectionNonce nonce,
    TimeSync time,
    MqttLine line,
    Signal ready,
    Signal turnedAway,
    TimeProvider clock,
    EventLog log
) : IAsyncDisposable
{
    // So many fill a slow line with a long way there and back, and what is urgent waits for no more than these.
    const int Batch = 16;

    // A trial of a server ends in time whether or not anything happens.
    static readonly TimeSpan longestWait = TimeSpan.FromSeconds(60);

    readonly Backoff backoff = new();
    MqttClient? client;
    ServerNote? reached;
    StateMessage? told;
    bool hasToldAll;

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            servers.GiveUpInTime();
            try
            {
                await Converse(await Client(servers.Current), cancel);
            }
            catch (MqttException lost)
            {
                client?.Abort();
                log.Tell("disconnected", ("reason", lost.Reason), ("detail", lost.Message));
                if (lost.Reason == ReasonCode.NotAuthorized)
                    turnedAway.Raise();
            }
            time.Disconnected();
            await elsewhere.LookElsewhere(cancel);
            if (reached is null || servers.Current == reached)
                await Task.Delay(backoff.Next(), clock, cancel);
        }
    }

    /// <summary>The server has answered on this connection: it accepts the speaker.</summary>
    public void Accepted()
    {
        // Not for being let in: a server that drops everybody at once is not to be run over.
        backoff.Reset();
        if (reached is { } server)
            servers.Accepted(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (client is null)
            return;
        // Asked to shut down is gone as well, for those who look at the map.
        await client.Disconnect(tellWill: true, CancellationToken.None);
        await client.DisposeAsync();
    }

    async Task Converse(MqttClient connection, CancellationToken cancel)
    {
        var server = servers.Current;
        log.Tell("connecting");
        var isKnown = await connection.Connect(cancel);
        reached = server;
        elsewhere.Reached();
        nonce.Renew();
        await connection.Subscribe([Topics.AllIn(identity.Speaker)], Qos.AtLeastOnce, cancel);
        log.Tell("connected", ("server", server.Mqtt));
        time.Connected();
        // A server that kept the session has all it acknowledged.
        if (!isKnown || !hasToldAll)
            report.Repeat(outbox);
        hasToldAll = true;
        await Talk(connection, server, cancel);
        elsewhere.Reached();
        if (connection.IsConnected)
            await connection.Disconnect(tellWill: true, cancel);
        log.Tell("disconnected", ("reason", (await connection.Ended).Reason));
    }

    async Task Talk(MqttClient connection, ServerNote server, CancellationToken cancel)
    {
        var sent = 0L;
        checkup.Begin();
        outbox.StateChanged();
        while (connection.IsConnected && servers.Current == server)
        {
            // An answer to a question that had to be sent again, or to wait, would be worth less.
            if (time.Question() is { } question)
                await Say(AirTopic.OutTime, question.ToBytes(), cancel);
            await Tell(cancel);
            sent = records.SendAgain() ?? sent;
            var waiting = records.After(sent, Batch);
            await Send(AirTopic.OutRecord, waiting.Select(pair => new RecordMessage(pair.Value).ToBytes()), cancel);
            if (waiting.Count > 0)
                sent = waiting[^1].Key;
            outbox.Sent();
            if (waiting.Count < Batch)
                await ready.Wait(checkup.Pause < longestWait ? checkup.Pause : longestWait, cancel);
            servers.GiveUpInTime();
        }
    }

    async Task Tell(CancellationToken cancel)
    {
        // Taken first, so that no command is done before it was received.
        var answered = answers.Waiting();
        var (receipts, progress, stateChanged) = outbox.Look();
        var state = report.State();
        if (stateChanged || Lasting(state) != told)
        {
            told = Lasting(state);
            await Send(AirTopic.OutState, state.ToBytes(), cancel);
        }
        await Send(AirTopic.OutReceipt, receipts.Select(receipt => receipt.ToBytes()), cancel);
        outbox.Told(receipts);
        if (progress is not null)
        {
            await Send(AirTopic.OutProgress, progress.ToBytes(), cancel);
            outbox.Told(progress);
        }
        while (outbox.NextLog is { } part)
        {
            await Send(AirTopic.OutLog, part.ToBytes(), cancel);
            outbox.LogSent(part);
        }
        foreach (var answer in answered)
        {
            await Send(AirTopic.OutReceipt, answer.ToBytes(), cancel);
            answers.Told(answer);
        }
        if (await checkup.Look(cancel) is { } news)
            await Say(AirTopic.OutHealth, news.Told(), cancel);
    }

    // What passes by itself is no change.
    static StateMessage Lasting(StateMessage state) => state with { At = null, StorageFree = null };

    Task Say(AirTopic topic, byte[] message, CancellationToken cancel) =>
        client!.Publish(Topics.Of(identity.Speaker, topic), message, Qos.AtMostOnce, cancel);

    async Task Send(AirTopic topic, byte[] message, CancellationToken cancel)
    {
        try
        {
            await client!.Publish(Topics.Of(identity.Speaker, topic), message, Qos.AtLeastOnce, cancel);
        }
        catch (MqttException unread) when (unread.Reason == ReasonCode.PayloadFormatInvalid)
        {
            // It would not be read the next time either; the conversation goes on.
            log.Tell("not-understood", ("topic", topic), ("detail", unread.Message));
        }
    }

    // In this order, and none waits for the answer to the one before.
    Task Send(AirTopic topic, IEnumerable<byte[]> messages, CancellationToken cancel) =>
        Task.WhenAll(messages.Select(message => Send(topic, message, cancel)).ToArray());

    // One client is one session; another server, another session.
    async Task<MqttClient> Client(ServerNote server)
    {
        if (client is not null && server == reached)
            return client;
        if (client is not null)
            await client.DisposeAsync();
        (reached, hasToldAll) = (null, false);
        client = new MqttClient(
            line.Options(server.Mqtt) with
            {
                ClientId = $"{identity.Speaker:d}",
                Will = new ClientWill(Topics.Of(identity.Speaker, AirTopic.OutState), StateMessage.Gone.ToBytes()),
                Authenticate = (nonce, _) => ValueTask.FromResult(Prove(nonce, server.Name)),
                Received = (message, _) =>
                {
                    letterbox.Take(message);
                    return ValueTask.CompletedTask;
                },
            },
            clock
        );
        client.Disconnected += _ => ready.Raise();
        return client;
    }

    byte[] Prove(ReadOnlyMemory<byte> nonce, string server)
    {
        var text = Encoding.ASCII.GetString(nonce.Span);
        var proof = new ConnectionProof(identity.Speaker, server, text, AirProtocol.Newest);
        // A challenge that is none ends this connection; it must not end the speaker.
        if (!proof.IsWithinBounds())
            throw new MqttException(ReasonCode.ProtocolError, "The server's challenge cannot be answered.");
        return Encoding.ASCII.GetBytes(proof.Sign(key));
    }
}
