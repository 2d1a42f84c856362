using System.Threading.Channels;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Client;

/// <summary>One connection of a client, from CONNACK to its end.</summary>
sealed partial class Link : IDisposable
{
    readonly MqttClientOptions options;
    readonly Exchanges exchanges;
    readonly Wire wire;
    readonly Inbox inbox;
    readonly KeepAlive keepAlive;
    readonly SemaphoreSlim writing = new(1);
    readonly SemaphoreSlim slots;
    readonly SemaphoreSlim turn = new(1);
    readonly CancellationTokenSource ending = new();
    readonly Channel<AcknowledgementPacket> steps = Channel.CreateUnbounded<AcknowledgementPacket>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );
    Disconnection? why;

    public Link(MqttClientOptions options, TimeProvider clock, Exchanges exchanges, Wire wire, ConnackPacket connack)
    {
        (this.options, this.exchanges, this.wire) = (options, exchanges, wire);
        Ending = ending.Token;
        SessionPresent = connack.SessionPresent;
        MaximumPacketSize = (int)Math.Min(connack.Properties.MaximumPacketSize ?? int.MaxValue, int.MaxValue);
        MaximumQos = connack.Properties.MaximumQos is { } qos ? (Qos)qos : Qos.ExactlyOnce;
        slots = new SemaphoreSlim(
            Math.Min(connack.Properties.ReceiveMaximum ?? ushort.MaxValue, options.MaximumInFlight)
        );
        inbox = new Inbox(options, exchanges);
        mostAliases = connack.Properties.TopicAliasMaximum ?? 0;
        var interval = connack.Properties.ServerKeepAlive is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : options.KeepAlive;
        keepAlive = new KeepAlive(clock, interval, options, () => _ = Ping(), Silent);
    }

    public bool SessionPresent { get; }

    public int MaximumPacketSize { get; }

    public Qos MaximumQos { get; }

    /// <summary>Cancelled when the connection has ended.</summary>
    public CancellationToken Ending { get; }

    public Task<Disconnection> Ended { get; private set; } = null!;

    /// <summary>Completes when the last callback has returned.</summary>
    public Task Emptied { get; private set; } = null!;

    public static async Task<Link> Open(
        MqttClientOptions options,
        TimeProvider clock,
        Exchanges exchanges,
        CancellationToken cancel
    )
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        Transport? transport = null;
        try
        {
            transport = await Dial.Run(options, clock, either.Token);
            var packets = new Wire(transport, options.MaximumPacketSize);
            using var giveUp = either.Token.Register(transport.Abort);
            var connack = await Greeting.Run(packets, options, either.Token);
            return new Link(options, clock, exchanges, packets, connack);
        }
        catch (Exception failure)
        {
            transport?.HangUp();
            cancel.ThrowIfCancellationRequested();
            if (timeout.IsCancellationRequested)
                throw new MqttException(ReasonCode.ServerUnavailable, "The server did not answer in time.", failure);
            if (Wire.IsLoss(failure))
                throw new MqttException(ReasonCode.ServerUnavailable, "The server cannot be reached.", failure);
            throw;
        }
    }

    public void Start()
    {
        Emptied = Task.WhenAll(inbox.Run(this), TakeSteps());
        Ended = Converse();
    }

    public async ValueTask Send(ReadOnlyMemory<byte> packet, CancellationToken cancel)
    {
        if (packet.Length > MaximumPacketSize)
            throw new MqttException(ReasonCode.PacketTooLarge, "The server does not take packets of this size.");
        await writing.WaitAsync(cancel);
        try
        {
            await wire.Write(packet);
            keepAlive.Sent();
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            throw Lost(why ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network, failure));
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>QoS 1 messages leave in the order in which they were asked for, also when they must wait for a slot.</summary>
    public Task TakeTurn(CancellationToken cancel) => turn.WaitAsync(cancel);

    public void GiveTurn() => turn.Release();

    /// <summary>Waits until one more message may be unacknowledged.</summary>
    public async Task TakeSlot(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, Ending);
        try
        {
            await slots.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Lost(why ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network));
        }
    }

    public void GiveSlot() => slots.Release();

    public ValueTask Send(AcknowledgementPacket packet)
    {
        var bytes = new byte[AcknowledgementPacket.MaximumSize];
        return Send(bytes.AsMemory(0, packet.Write(bytes)), Ending);
    }

    /// <summary>Says goodbye and hangs up.</summary>
    public async Task Leave(ReasonCode reason, Exception? failure = null)
    {
        var mine = new Disconnection(reason, EndedBy.Client, failure);
        if (Interlocked.CompareExchange(ref why, mine, null) is not null)
            return;
        try
        {
            using var writer = new PacketWriter();
            await Send(new ReasonPacket { Reason = reason }.Write(writer, PacketType.Disconnect), Ending);
            wire.Transport.EndSending(both: true);
        }
        catch (Exception loss) when (loss is MqttException or OperationCanceledException)
        {
            // It was gone already; there is nobody to say goodbye to.
            wire.Transport.Abort();
        }
    }

    /// <summary>Hangs up without a word.</summary>
    public void Cut(Disconnection because)
    {
        Interlocked.CompareExchange(ref why, because, null);
        wire.Transport.Abort();
    }

    public static MqttException Lost(Disconnection why) =>
        new(why.Reason, $"The connection was lost: {why.Reason} by {why.By}.", why.Failure);

    public void Dispose()
    {
        // The semaphores hold nothing, and a late caller may still stand at one.
        keepAlive.Dispose();
        ending.Dispose();
    }

    async Task<Disconnection> Converse()
    {
        try
        {
            await Read();
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            Interlocked.CompareExchange(ref why, new(ReasonCode.UnspecifiedError, EndedBy.Network, failure), null);
        }

        var ended = why ?? new Disconnection(ReasonCode.UnspecifiedError, EndedBy.Network);
        keepAlive.Dispose();
        wire.HangUp();
        inbox.Close();
        steps.Writer.TryComplete();
        await ending.CancelAsync();
        exchanges.Lost(ended, options.ResendUnacknowledged);
        return ended;
    }

    // A ping that cannot be sent is answered by silence, which is seen.
    async Task Ping()
    {
        try
        {
            await Send(PingPackets.Request, Ending);
        }
        catch (Exception loss) when (loss is MqttException or OperationCanceledException or ObjectDisposedException)
        {
            Silent();
        }
    }

    void Silent() => Cut(new Disconnection(ReasonCode.KeepAliveTimeout, EndedBy.Network));
}
