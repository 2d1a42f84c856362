using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Loa.Fleet.Lines;

/// <summary>One direction of a relayed connection: bytes go in at once and come out when the weather lets them. An idle one holds no buffer.</summary>
sealed class Passage(Socket from, Socket to, Relay relay, Weather weather)
{
    const int Most = 8 * 1024;

    // As much as a line keeps under way before its sender must wait.
    const int Depth = 32;

    readonly Channel<Parcel> underWay = Channel.CreateBounded<Parcel>(
        new BoundedChannelOptions(Depth) { SingleReader = true, SingleWriter = true }
    );
    readonly long began = TimeProvider.System.GetTimestamp();

    readonly record struct Parcel(byte[] Buffer, int Length, TimeSpan Arrival);

    /// <summary>Returns when the direction has ended and what was under way has arrived.</summary>
    public async Task Run()
    {
        var delivering = Deliver();
        try
        {
            while (await Read()) { }
        }
        finally
        {
            underWay.Writer.Complete();
            await delivering;
        }
    }

    async Task<bool> Read()
    {
        await from.ReceiveAsync(Memory<byte>.Empty);
        var buffer = ArrayPool<byte>.Shared.Rent(Most);
        var count = await from.ReceiveAsync(buffer.AsMemory());
        if (count == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return false;
        }
        var now = TimeProvider.System.GetElapsedTime(began);
        var arrival = relay.Profile is { } profile ? weather.Arrival(profile, count, now) : now;
        await underWay.Writer.WriteAsync(new Parcel(buffer, count, arrival));
        return true;
    }

    async Task Deliver()
    {
        try
        {
            await foreach (var parcel in underWay.Reader.ReadAllAsync())
            {
                var wait = parcel.Arrival - TimeProvider.System.GetElapsedTime(began);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, TimeProvider.System);
                for (var sent = 0; sent < parcel.Length; )
                    sent += await to.SendAsync(parcel.Buffer.AsMemory(sent, parcel.Length - sent));
                relay.Carried(parcel.Length);
                ArrayPool<byte>.Shared.Return(parcel.Buffer);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // The other side is gone: so is this connection, and its reader must hear of it.
            from.Dispose();
            while (underWay.Reader.TryRead(out _)) { }
        }
    }
}
