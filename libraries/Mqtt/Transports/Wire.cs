using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Transports;

/// <summary>Packets out of the bytes of one connection. While nothing comes it holds no buffer, so that an idle speaker costs next to nothing.</summary>
sealed class Wire(Transport transport, int maximumPacket)
{
    const int FirstBuffer = 4096;

    byte[]? buffer;
    int start;
    int end;

    public Transport Transport => transport;

    /// <summary>The largest packet that is taken; less before admission than after.</summary>
    public int MaximumPacket { get; set; } = maximumPacket;

    /// <summary>The first byte of what waits to be taken, -1 when nothing does.</summary>
    public int Head => start < end ? buffer![start] : -1;

    /// <summary>How many bytes the last <see cref="Fill"/> brought.</summary>
    public int Filled { get; private set; }

    public FrameStatus TryTake(out Frame frame)
    {
        var status = Frame.TryRead(buffer.AsMemory(start, end - start), MaximumPacket, out frame, out var length);
        if (status is FrameStatus.Complete)
            start += length;
        return status;
    }

    /// <summary>True when nothing waits; it then holds no buffer, and <see cref="Transport.Ready"/> tells when to fill it again.</summary>
    public bool Rest()
    {
        if (start != end)
            return false;
        Release();
        return true;
    }

    /// <summary>Takes more bytes; false when the other side has ended. Frames taken before are no longer valid.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Fill()
    {
        if (start != end)
            MakeRoom();
        else
            (buffer, start, end) = (buffer ?? ArrayPool<byte>.Shared.Rent(FirstBuffer), 0, 0);

        Filled = await transport.Read(buffer.AsMemory(end));
        end += Filled;
        return Filled > 0;
    }

    /// <summary>As <see cref="Fill"/>, without a buffer until there is something to put into it.</summary>
    public async ValueTask<bool> Wait()
    {
        if (Rest())
            await transport.Ready();
        return await Fill();
    }

    /// <summary>Reads the next whole packet; incomplete when the other side has ended.</summary>
    public async ValueTask<(FrameStatus Status, Frame Frame)> Next()
    {
        while (true)
        {
            var status = TryTake(out var frame);
            if (status is not FrameStatus.Incomplete)
                return (status, frame);
            if (!await Wait())
                return (status, frame);
        }
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes) => transport.Write(bytes);

    /// <summary>Reads what still comes and forgets it, so that the last packet is not torn away by a reset.</summary>
    public async ValueTask Linger(int limit)
    {
        start = end = 0;
        while (limit > 0 && await Wait())
        {
            limit -= end;
            start = end = 0;
        }
    }

    /// <summary>Only for the reader, after its last read.</summary>
    public void HangUp()
    {
        transport.HangUp();
        Release();
    }

    public static bool IsLoss(Exception failure) =>
        failure is IOException or SocketException or ObjectDisposedException;

    void MakeRoom()
    {
        var held = buffer.AsMemory(start, end - start);
        if (start > 0)
            held.CopyTo(buffer);
        else if (end == buffer!.Length)
            Grow(held);
        (start, end) = (0, held.Length);
    }

    // Doubled as bytes arrive, never by the length a stranger promises.
    void Grow(ReadOnlyMemory<byte> held)
    {
        var larger = ArrayPool<byte>.Shared.Rent(held.Length * 2);
        held.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer!);
        buffer = larger;
    }

    void Release()
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, start, end) = (null, 0, 0);
    }
}
