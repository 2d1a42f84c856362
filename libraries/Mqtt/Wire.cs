using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt;

/// <summary>The bytes of one connection. While nothing comes it holds no buffer, so that an idle speaker costs next to nothing.</summary>
sealed class Wire(Socket socket, Stream stream, int maximumPacket)
{
    const int FirstBuffer = 4096;

    byte[]? buffer;
    int start;
    int end;

    /// <summary>The first byte of what waits to be taken, -1 when nothing does.</summary>
    public int Head => start < end ? buffer![start] : -1;

    public FrameStatus TryTake(out Frame frame)
    {
        var status = Frame.TryRead(buffer.AsMemory(start, end - start), maximumPacket, out frame, out var length);
        if (status is FrameStatus.Complete)
            start += length;
        return status;
    }

    /// <summary>Waits for more bytes; false when the other side has ended. Frames taken before are no longer valid.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Fill()
    {
        if (start == end)
        {
            Release();
            end += await stream.ReadAsync(Memory<byte>.Empty);
            buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        }
        else
        {
            MakeRoom();
        }

        var count = await stream.ReadAsync(buffer.AsMemory(end));
        end += count;
        return count > 0;
    }

    /// <summary>Reads the next whole packet; null when the other side has ended or broke the framing.</summary>
    public async ValueTask<(FrameStatus Status, Frame Frame)> Next()
    {
        while (true)
        {
            var status = TryTake(out var frame);
            if (status is not FrameStatus.Incomplete || !await Fill())
                return (status, frame);
        }
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    /// <summary>Nothing more is sent; with <paramref name="both"/> nothing more is read either, which wakes the reader.</summary>
    public void EndSending(bool both)
    {
        try
        {
            socket.Shutdown(both ? SocketShutdown.Both : SocketShutdown.Send);
        }
        catch (Exception failure) when (IsLoss(failure))
        {
            // The other side was faster; the reader sees the end by itself.
            socket.Dispose();
        }
    }

    /// <summary>Reads what still comes and forgets it, so that the last packet is not torn away by a reset.</summary>
    public async ValueTask Linger(int limit)
    {
        start = end = 0;
        while (limit > 0 && await Fill())
        {
            limit -= end;
            start = end = 0;
        }
    }

    /// <summary>Ends the connection at once, from any thread; the reader then ends and gives its buffer back.</summary>
    public void Abort() => socket.Dispose();

    /// <summary>Only for the reader, after its last read.</summary>
    public void HangUp()
    {
        stream.Dispose();
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
