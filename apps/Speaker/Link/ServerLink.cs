using System.Text;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Client;
using Loa.Speaker.Records;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>The conversation with the server: it is found again whenever it is lost, and nothing that must arrive is lost with it.</summary>
sealed class ServerLink : IAsyncDisposable
{
    const int MostPacket = 9 * 1024 * 1024;
    const int Batch = 64;

    static readonly TimeSpan between = TimeSpan.FromSeconds(60);

    readonly Identity identity;
    readonly SigningKey key;
    readonly RecordBook records;
    readonly Outbox outbox;
    readonly Report report;
    readonly Signal ready;
    readonly TimeProvider clock;
    readonly EventLog log;
    readonly MqttClient client;
    readonly Backoff backoff = new();

    public ServerLink(
        Identity identity,
        string address,
        SigningKey key,
        RecordBook records,
        Outbox outbox,
        Report report,
        Letterbox letterbox,
        Signal ready,
        TimeProvider clock,
        EventLog log
    )
    {
        (this.identity, this.key, this.records, this.outbox) = (identity, key, records, outbox);
        (this.report, this.ready, this.clock, this.log) = (report, ready, clock, log);
        client = new MqttClient(Options(address, letterbox), clock);
        client.Disconnected += _ => ready.Raise();
    }

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                log.Tell("connecting");
                await client.Connect(cancel);
                await client.Subscribe([Topics.AllIn(identity.Speaker)], Qos.AtLeastOnce, cancel);
                log.Tell("connected");
                backoff.Reset();
                await Talk(cancel);
                log.Tell("disconnected", ("reason", (await client.Ended).Reason));
            }
            catch (MqttException lost)
            {
                client.Abort();
                log.Tell("disconnected", ("reason", lost.Reason), ("detail", lost.Message));
            }
            await Task.Delay(backoff.Next(), clock, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Asked to shut down is gone as well, for those who look at the map.
        await client.Disconnect(tellWill: true, CancellationToken.None);
        await client.DisposeAsync();
    }

    async Task Talk(CancellationToken cancel)
    {
        var sent = 0L;
        var told = clock.GetTimestamp();
        report.Repeat(outbox);
        outbox.StateChanged();
        while (client.IsConnected)
        {
            var (receipts, progress, stateChanged) = outbox.Take();
            if (stateChanged || clock.GetElapsedTime(told) >= between)
            {
                told = clock.GetTimestamp();
                await Send(AirTopic.OutState, report.State().ToBytes(), cancel);
            }
            foreach (var message in progress)
                await Send(AirTopic.OutProgress, message.ToBytes(), cancel);
            foreach (var message in receipts)
                await Send(AirTopic.OutReceipt, message.ToBytes(), cancel);
            var waiting = records.After(sent, Batch);
            foreach (var (seq, compact) in waiting)
            {
                await Send(AirTopic.OutRecord, new RecordMessage(compact).ToBytes(), cancel);
                sent = seq;
            }
            if (waiting.Count < Batch)
                await ready.Wait(between - clock.GetElapsedTime(told), cancel);
        }
    }

    Task Send(AirTopic topic, byte[] message, CancellationToken cancel) =>
        client.Publish(Topics.Of(identity.Speaker, topic), message, Qos.AtLeastOnce, cancel);

    MqttClientOptions Options(string address, Letterbox letterbox)
    {
        var colon = address.LastIndexOf(':');
        return new MqttClientOptions
        {
            Host = address[..colon].Trim('[', ']'),
            Port = int.Parse(address.AsSpan(colon + 1)),
            ClientId = $"{identity.Speaker:d}",
            CleanStart = false,
            SessionExpiry = TimeSpan.FromHours(24),
            Will = new ClientWill(Topics.Of(identity.Speaker, AirTopic.OutState), StateMessage.Gone.ToBytes()),
            AuthenticationMethod = ConnectionProof.Method,
            Authenticate = (nonce, _) => ValueTask.FromResult(Prove(nonce)),
            Received = (message, _) =>
            {
                letterbox.Take(message);
                return ValueTask.CompletedTask;
            },
            MaximumPacketSize = MostPacket,
            // The records wait in the notebook, all else is told anew.
            ResendUnacknowledged = false,
        };
    }

    byte[] Prove(ReadOnlyMemory<byte> nonce)
    {
        var text = Encoding.ASCII.GetString(nonce.Span);
        var proof = new ConnectionProof(identity.Speaker, identity.Server, text);
        // A challenge that is none ends this connection; it must not end the speaker.
        if (!proof.IsWithinBounds())
            throw new MqttException(ReasonCode.ProtocolError, "The server's challenge cannot be answered.");
        return Encoding.ASCII.GetBytes(proof.Sign(key));
    }
}
