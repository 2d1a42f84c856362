using System.Buffers.Binary;
using System.Text;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Topics;

namespace Loa.Mqtt.Client;

/// <summary>
/// A device's side of MQTT 5. One client is one session: it may connect again and again, when and how often is the
/// caller's to say. Every call that waits for the server throws <see cref="MqttException"/> when the connection is lost.
/// </summary>
public sealed class MqttClient(MqttClientOptions options, TimeProvider clock) : IAsyncDisposable
{
    readonly Exchanges exchanges = new();
    readonly SemaphoreSlim connecting = new(1);
    Link? link;

    /// <summary>Raised once for each connection that ended.</summary>
    public event Action<Disconnection>? Disconnected;

    public bool IsConnected => link is { Ending.IsCancellationRequested: false };

    /// <summary>Completes when the present connection has ended, with the reason.</summary>
    public Task<Disconnection> Ended =>
        link?.Ended ?? Task.FromResult(new Disconnection(ReasonCode.Success, EndedBy.Client));

    /// <summary>Connects; true when the server still had our session.</summary>
    public async Task<bool> Connect(CancellationToken cancel)
    {
        await connecting.WaitAsync(cancel);
        try
        {
            if (IsConnected)
                throw new InvalidOperationException("The client is connected.");
            if (link is { } previous)
                await previous.Emptied.WaitAsync(cancel);

            var fresh = await Link.Open(options, clock, exchanges, cancel);
            if (!fresh.SessionPresent)
                exchanges.ForgetMessages();
            await ResumeOn(fresh, exchanges.Messages(), cancel);
            return fresh.SessionPresent;
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>Publishes; a QoS 1 or 2 message is in the server's hands when this completes.</summary>
    public Task Publish(string topic, ReadOnlyMemory<byte> payload, Qos qos, CancellationToken cancel) =>
        Publish(topic, payload, qos, retain: false, MessageProperties.None, cancel);

    public async Task Publish(
        string topic,
        ReadOnlyMemory<byte> payload,
        Qos qos,
        bool retain,
        MessageProperties properties,
        CancellationToken cancel
    )
    {
        var current = Current();
        if (!TopicName.IsValid(topic))
            throw new ArgumentException("A topic has no wildcards and is not empty.", nameof(topic));
        // Half of a QoS 2 exchange lies with us; who does not keep ours cannot finish it.
        if (qos > current.MaximumQos || (qos is Qos.ExactlyOnce && !options.ResendUnacknowledged))
            throw new MqttException(ReasonCode.QosNotSupported, "This quality of service is not spoken here.");

        var packet = new PublishPacket
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = payload,
            Qos = qos,
            Retain = retain,
            Properties = properties.ToProperties(),
        };
        if (qos is Qos.AtMostOnce)
        {
            await current.SendLive(topic, packet, cancel);
            return;
        }
        using var writer = new PacketWriter();
        var bytes = packet.Write(writer, ProtocolVersion.V5);
        if (bytes.Length > current.MaximumPacketSize)
            throw new MqttException(ReasonCode.PacketTooLarge, "The server does not take packets of this size.");
        await PublishKept(current, bytes.ToArray(), packet.PacketIdOffset(bytes.Length), qos, cancel);
    }

    /// <summary>Subscribes to all of the filters, or throws for the first that is refused.</summary>
    public Task Subscribe(IEnumerable<string> filters, Qos qos, CancellationToken cancel) =>
        Subscribe(filters, new SubscribeOptions { Qos = qos }, cancel);

    public async Task Subscribe(IEnumerable<string> filters, SubscribeOptions wanted, CancellationToken cancel)
    {
        var current = Current();
        var exchange = exchanges.Begin(PacketType.Suback);
        using var writer = new PacketWriter();
        var packet = new SubscribePacket
        {
            PacketId = exchange.PacketId,
            Filters = [.. filters.Select(filter => WantedFilter.Of(filter, wanted))],
            Properties =
                wanted.Identifier > 0
                    ? new Properties { SubscriptionIdentifiers = [(uint)wanted.Identifier] }
                    : Properties.None,
        };
        await Ask(current, exchange, packet.Write(writer, ProtocolVersion.V5), cancel);
    }

    public async Task Unsubscribe(IEnumerable<string> filters, CancellationToken cancel)
    {
        var current = Current();
        var exchange = exchanges.Begin(PacketType.Unsuback);
        using var writer = new PacketWriter();
        var packet = new UnsubscribePacket { PacketId = exchange.PacketId, Filters = [.. filters] };
        await Ask(current, exchange, packet.Write(writer, ProtocolVersion.V5), cancel);
    }

    /// <summary>Says goodbye, so that the server does not tell our will unless asked to.</summary>
    public async Task Disconnect(bool tellWill, CancellationToken cancel)
    {
        if (link is not { } current)
            return;
        await current.Leave(tellWill ? ReasonCode.DisconnectWithWill : ReasonCode.Success);
        await current.Ended.WaitAsync(cancel);
    }

    /// <summary>Hangs up without a word, as a cut connection would.</summary>
    public void Abort() => link?.Cut(new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Client));

    public async ValueTask DisposeAsync()
    {
        await Disconnect(tellWill: false, CancellationToken.None);
        link?.Dispose();
        connecting.Dispose();
    }

    async Task ResumeOn(Link fresh, IReadOnlyList<Exchange> unacknowledged, CancellationToken cancel)
    {
        // What went before goes first.
        await fresh.TakeTurn(cancel);
        try
        {
            // Known before it starts: a callback may publish at once.
            link = fresh;
            fresh.Start();
            _ = Announce(fresh);
            await Resend(fresh, unacknowledged, cancel);
        }
        catch
        {
            fresh.Cut(new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Client));
            throw;
        }
        finally
        {
            fresh.GiveTurn();
        }
    }

    Link Current() =>
        IsConnected ? link! : throw new MqttException(ReasonCode.ServerUnavailable, "The client is not connected.");

    async Task PublishKept(Link current, byte[] bytes, int packetIdAt, Qos qos, CancellationToken cancel)
    {
        Exchange exchange;
        await current.TakeTurn(cancel);
        try
        {
            await current.TakeSlot(cancel);
            exchange = exchanges.Begin(qos is Qos.ExactlyOnce ? PacketType.Pubrec : PacketType.Puback);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(packetIdAt), exchange.PacketId);
            exchange.Packet = bytes;
            try
            {
                await Send(current, exchange, bytes, cancel);
            }
            catch (OperationCanceledException)
            {
                current.GiveSlot();
                throw;
            }
        }
        finally
        {
            current.GiveTurn();
        }
        await Answer(exchange, cancel);
    }

    async Task Ask(Link current, Exchange exchange, ReadOnlyMemory<byte> packet, CancellationToken cancel)
    {
        await Send(current, exchange, packet, cancel);
        await Answer(exchange, cancel);
    }

    async Task Send(Link current, Exchange exchange, ReadOnlyMemory<byte> packet, CancellationToken cancel)
    {
        try
        {
            await current.Send(packet, cancel);
        }
        catch (Exception failure)
        {
            // A message may have arrived all the same; unless it was taken back, it goes again.
            if (failure is not MqttException || exchange.Packet is null || !options.ResendUnacknowledged)
                exchanges.Abandon(exchange);
            throw;
        }
    }

    static async Task Answer(Exchange exchange, CancellationToken cancel)
    {
        var reasons = await exchange.Answer.Task.WaitAsync(cancel);
        foreach (var reason in reasons)
            if (reason >= ReasonCode.UnspecifiedError)
                throw new MqttException(
                    reason,
                    $"The server refused: {reason}{(exchange.Text is { } text ? $": {text}" : ".")}"
                );
    }

    static async Task Resend(Link fresh, IReadOnlyList<Exchange> messages, CancellationToken cancel)
    {
        foreach (var message in messages)
        {
            await fresh.TakeSlot(cancel);
            var packet = message.Packet!;
            // A release is not marked: only messages can be duplicates.
            if (packet[0] >> 4 == (int)PacketType.Publish)
                packet[0] |= PublishPacket.DuplicateFlag;
            await fresh.Send(packet, cancel);
        }
    }

    async Task Announce(Link ended)
    {
        var why = await ended.Ended;
        Disconnected?.Invoke(why);
    }
}
