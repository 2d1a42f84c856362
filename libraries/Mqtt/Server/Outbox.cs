using System.Buffers;

namespace Loa.Mqtt.Server;

/// <summary>
/// All that waits to be written to one client: answers first, then QoS 1, then QoS 0. Whoever adds something wakes it and
/// goes on; one thread of the pool writes, many small packets to one write, and only this client waits when its line is slow.
/// </summary>
sealed class Outbox(Wire wire, ServerContext context) : IThreadPoolWorkItem
{
    const int BatchSize = 8 * 1024;
    const int WriteSize = 64 * 1024;
    const int MaximumControl = 64 * 1024;

    readonly Lock gate = new();
    readonly LiveMessages live = new();
    byte[] control = [];
    int controlLength;
    Peer? peer;
    bool closing;
    bool urgent;

    // Work was announced so many times since the writer last found nothing to do; it starts held until Open.
    int wakes = 1;

    // Since when the line takes nothing, 0 while it does. An urgent end does not wait for it.
    long blockedSince;

    /// <summary>From now on messages flow; before it the handshake alone writes.</summary>
    public void Open(Peer to)
    {
        peer = to;
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

    public Delivery Offer(Message message)
    {
        int dropped;
        lock (gate)
        {
            if (closing)
                return Delivery.NotConnected;
            var options = context.Options;
            dropped = live.Add(message, options.MaximumLiveMessages, options.MaximumLiveBytes);
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
                context.Meters.Dropped(live.Clear());
                Append(farewell);
            }
            closing = true;
            urgent |= urgently;
            if (urgent && blockedSince != 0)
                wire.Abort();
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
        var batch = ArrayPool<byte>.Shared.Rent(BatchSize);
        try
        {
            while (true)
            {
                var seen = Volatile.Read(ref wakes);
                while (Gather(batch, out var length, out var payload))
                {
                    await Write(batch.AsMemory(0, length));
                    for (; payload.Length > 0; payload = payload[Math.Min(WriteSize, payload.Length)..])
                        await Write(payload[..Math.Min(WriteSize, payload.Length)]);
                }
                if (EndIfClosing() || Interlocked.CompareExchange(ref wakes, 0, seen) == seen)
                    return;
            }
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            wire.Abort();
        }
        catch (Exception failure)
        {
            context.HostFailed(peer?.Session.ClientId, failure);
            wire.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(batch);
        }
    }

    ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        var writing = wire.Write(bytes);
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
                wire.Abort();
        }
    }

    bool EndIfClosing()
    {
        lock (gate)
        {
            if (!closing || controlLength > 0)
                return false;
            wire.EndSending(urgent);
            return true;
        }
    }

    // Fills one batch; a payload too large for it is handed over as it is and written next, uncopied.
    bool Gather(Span<byte> batch, out int length, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        var sent = 0;
        lock (gate)
        {
            length = Math.Min(controlLength, batch.Length);
            control.AsSpan(0, length).CopyTo(batch);
            control.AsSpan(length, controlLength - length).CopyTo(control);
            controlLength -= length;
            if (controlLength == 0 && control.Length > 0)
                ReleaseControl();

            if (!closing && peer is not null)
            {
                var full = peer.Session.Gather(peer, batch, ref length, ref payload, ref sent);
                while (!full && live.TryPeek(out var message))
                {
                    full = !Place(
                        message,
                        Qos.AtMostOnce,
                        new Sending(peer.Session.ClientId),
                        batch,
                        ref length,
                        ref payload
                    );
                    if (full && payload.IsEmpty)
                        break;
                    live.Remove();
                    sent++;
                }
            }
        }
        if (sent > 0)
            context.Meters.Sent(sent);
        return length > 0;
    }

    /// <summary>Puts a message into the batch. False when no more should follow: with a payload it is placed, without it is not.</summary>
    public bool Place(
        Message message,
        Qos qos,
        Sending sending,
        Span<byte> batch,
        ref int length,
        ref ReadOnlyMemory<byte> payload
    )
    {
        var size = message.Size(peer!.Version, qos, sending.ClientId);
        if (size > batch.Length - length && length > 0)
            return false;
        length += message.WriteHead(batch[length..], peer.Version, qos, sending);
        if (size > batch.Length)
        {
            payload = message.Payload;
            return false;
        }
        message.Payload.Span.CopyTo(batch[length..]);
        length += message.Payload.Length;
        return true;
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

    void ReleaseControl()
    {
        ArrayPool<byte>.Shared.Return(control);
        control = [];
    }
}
