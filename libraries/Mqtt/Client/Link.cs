using System.Net.Sockets;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Client;

/// <summary>One connection of a client, from CONNACK to its end.</summary>
sealed class Link : IDisposable
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
        inbox = new Inbox(options);
        var interval = connack.Properties.ServerKeepAlive is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : options.KeepAlive;
        keepAlive = new KeepAlive(clock, interval, options.PingTimeout, () => _ = Ping(), Silent);
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
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either.Token);
            var line = new Wire(socket, new NetworkStream(socket, ownsSocket: true), options.MaximumPacketSize);
            using var giveUp = either.Token.Register(line.Abort);
            var connack = await Greeting.Run(line, options, either.Token);
            return new Link(options, clock, exchanges, line, connack);
        }
        catch (Exception failure)
        {
            socket.Dispose();
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
        Emptied = inbox.Run(this);
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

    public ValueTask Acknowledge(ushort packetId)
    {
        var bytes = new byte[PubackPacket.MaximumSize];
        return Send(bytes.AsMemory(0, new PubackPacket(packetId, ReasonCode.Success).Write(bytes)), Ending);
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
            wire.EndSending(both: true);
        }
        catch (Exception loss) when (loss is MqttException or OperationCanceledException)
        {
            // It was gone already; there is nobody to say goodbye to.
            wire.Abort();
        }
    }

    /// <summary>Hangs up without a word.</summary>
    public void Cut(Disconnection because)
    {
        Interlocked.CompareExchange(ref why, because, null);
        wire.Abort();
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
        await ending.CancelAsync();
        exchanges.Lost(ended, options.ResendUnacknowledged);
        return ended;
    }

    async Task Read()
    {
        while (true)
        {
            var (status, frame) = await wire.Next();
            if (status is FrameStatus.Incomplete)
                return;
            keepAlive.Heard();
            var fault = status switch
            {
                FrameStatus.Complete => Take(frame),
                FrameStatus.TooLarge => ReasonCode.PacketTooLarge,
                _ => ReasonCode.MalformedPacket,
            };
            if (why is not null)
                return;
            if (fault is ReasonCode.Success)
                continue;
            await Leave(fault);
            return;
        }
    }

    ReasonCode Take(Frame frame)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                return TakeMessage(frame);
            case PacketType.Puback:
                var fault = PubackPacket.Read(frame, ProtocolVersion.V5, out var puback);
                if (fault is ReasonCode.Success && exchanges.Complete(puback.PacketId, frame.Type, [puback.Reason]))
                    GiveSlot();
                return fault;
            case PacketType.Suback or PacketType.Unsuback:
                fault = SubackPacket.Read(frame, ProtocolVersion.V5, out var suback);
                if (fault is ReasonCode.Success)
                    exchanges.Complete(suback.PacketId, frame.Type, suback.Reasons);
                return fault;
            case PacketType.Disconnect:
                fault = ReasonPacket.Read(frame, ProtocolVersion.V5, out var goodbye);
                if (fault is ReasonCode.Success)
                    Interlocked.CompareExchange(ref why, new(goodbye.Reason, EndedBy.Server), null);
                return fault;
            case PacketType.Pingresp:
                return ReasonCode.Success;
            default:
                return ReasonCode.ProtocolError;
        }
    }

    ReasonCode TakeMessage(Frame frame)
    {
        var fault = PublishPacket.Read(frame, ProtocolVersion.V5, out var packet);
        if (fault is not ReasonCode.Success)
            return fault;
        if (packet.Qos is Qos.ExactlyOnce)
            return ReasonCode.QosNotSupported;
        if (packet.Properties.TopicAlias is not null)
            return ReasonCode.TopicAliasInvalid;
        return inbox.Add(packet) ? ReasonCode.Success : ReasonCode.ReceiveMaximumExceeded;
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
