using System.Buffers;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server;

/// <summary>
/// All that waits to be written to one client: answers first, then QoS 1 and 2, then QoS 0. Adding wakes the writer and does
/// not wait for it; one thread of the pool writes, many small packets to one write, and only this client waits when its
/// connection is slow.
/// </summary>
sealed class SendQueue(Connection connection, ServerContext context) : IThreadPoolWorkItem
{
    const int BatchSize = 8 * 1024;
    const int WriteSize = 64 * 1024;
    const int MaximumControl = 64 * 1024;

    readonly Lock gate = new();
    Qos0Queue? qos0;
    byte[] control = [];
    int controlLength;
    ConnectedClient? client;
    bool closing;
    bool urgent;

    // Work was announced so many times since the writer last found nothing to do; it starts held until Open.
    int wakes = 1;

    // Since when the connection takes nothing, 0 while it does. An urgent end does not wait for it.
    long blockedSince;

    /// <summary>From now on messages flow; before it the handshake alone writes.</summary>
    public void Open(ConnectedClient to)
    {
        client = to;
        Execute();
    }

    /// <summary>False when the client lets its answers pile up.</summary>
    public bool Answer(ReadOnlySpan<byte> packet)
    {
        lock (gate)
        {
            if (closing)
                return true;
            if (controlLength + packet.Length > MaximumControl)
                return false;
            Append(packet);
            return true;
        }
    }

    public Delivery Offer(in QueuedMessage queued)
    {
        int dropped;
        lock (gate)
        {
            if (closing)
                return Delivery.NotConnected;
            var options = context.Options;
            dropped = (qos0 ??= new()).Add(queued, options.MaximumLiveMessages, options.MaximumLiveBytes);
        }
        if (dropped > 0)
            context.Meters.Dropped(dropped);
        Wake();
        return Delivery.Queued;
    }

    /// <summary>Has a thread of the pool write what waits.</summary>
    public void Wake()
    {
        if (Interlocked.Increment(ref wakes) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Writes what waits on this thread, unless another is at it.</summary>
    public void Flush()
    {
        if (Interlocked.Increment(ref wakes) == 1)
            Execute();
    }

    /// <summary>Sends a last packet and ends. An urgent end does not wait for a slow client.</summary>
    public void Close(ReadOnlySpan<byte> farewell, bool urgently)
    {
        lock (gate)
        {
            if (!closing)
            {
                context.Meters.Dropped(qos0?.Clear() ?? 0);
                Append(farewell);
            }
            closing = true;
            urgent |= urgently;
            if (urgent && blockedSince != 0)
                connection.Abort();
        }
        Flush();
    }

    public bool StalledSince(long moment)
    {
        var since = Volatile.Read(ref blockedSince);
        return since != 0 && since < moment;
    }

    public void Execute() => _ = Drain();

    async Task Drain()
    {
        var room = ArrayPool<byte>.Shared.Rent(BatchSize);
        try
        {
            while (true)
            {
                var seen = Volatile.Read(ref wakes);
                while (Gather(room, out var length, out var tail))
                {
                    await Write(room.AsMemory(0, length));
                    for (; tail.Length > 0; tail = tail[Math.Min(WriteSize, tail.Length)..])
                        await Write(tail[..Math.Min(WriteSize, tail.Length)]);
                }
                if (EndIfClosing() || Interlocked.CompareExchange(ref wakes, 0, seen) == seen)
                    return;
            }
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            connection.Abort();
        }
        catch (Exception failure)
        {
            context.HostFailed(client?.Session.ClientId, failure);
            connection.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        var writing = connection.Write(bytes);
        return writing.IsCompleted ? writing : Wait(writing);
    }

    async ValueTask Wait(ValueTask writing)
    {
        Block(context.Clock.GetTimestamp());
        await writing;
        Block(0);
    }

    void Block(long since)
    {
        lock (gate)
        {
            Volatile.Write(ref blockedSince, since);
            if (urgent && since != 0)
                connection.Abort();
        }
    }

    bool EndIfClosing()
    {
        lock (gate)
        {
            if (!closing || controlLength > 0)
                return false;
            connection.EndSending(urgent);
            return true;
        }
    }

    bool Gather(Span<byte> room, out int length, out ReadOnlyMemory<byte> tail)
    {
        var batch = new Batch(room);
        lock (gate)
        {
            TakeAnswers(ref batch);
            if (!closing && client is not null && client.Session.Gather(client, ref batch))
                GatherQos0(client, ref batch);
        }
        if (batch.Messages > 0)
            context.Meters.Sent(batch.Messages);
        if (batch.Dropped > 0)
            context.Meters.Dropped(batch.Dropped);
        (length, tail) = (batch.Length, batch.Tail);
        return length > 0;
    }

    void TakeAnswers(ref Batch batch)
    {
        var taken = batch.Take(control.AsSpan(0, controlLength));
        control.AsSpan(taken, controlLength - taken).CopyTo(control);
        controlLength -= taken;
        if (controlLength > 0 || control.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(control);
        control = [];
    }

    void GatherQos0(ConnectedClient to, ref Batch batch)
    {
        while (qos0 is not null && qos0.TryPeek(out var queued))
        {
            var sending = queued.To(to.Session.ClientId);
            if (!to.Session.IsWanted(queued.Message, to, ref sending))
                batch.Dropped++;
            else if (!batch.TryAdd(queued.Message, to, sending))
                return;
            qos0.Remove();
        }
    }

    void Append(ReadOnlySpan<byte> packet)
    {
        if (controlLength + packet.Length > control.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(controlLength + packet.Length, 256));
            control.AsSpan(0, controlLength).CopyTo(larger);
            if (control.Length > 0)
                ArrayPool<byte>.Shared.Return(control);
            control = larger;
        }
        packet.CopyTo(control.AsSpan(controlLength));
        controlLength += packet.Length;
    }
}
