using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;

namespace Loa.Mqtt.Transports;

/// <summary>What one write to a socket needs while it lasts; a few of them serve all connections.</summary>
sealed class SocketWrite : SocketAsyncEventArgs, IValueTaskSource
{
    const int Spares = 256;

    static readonly ConcurrentStack<SocketWrite> spares = new();
    static int spareCount;

    // Writers of one thread take turns; most writes are over at once and need no common store.
    [ThreadStatic]
    static SocketWrite? own;

    ManualResetValueTaskSourceCore<bool> source;
    Socket? socket;
    ReadOnlyMemory<byte> rest;

    SocketWrite()
        : base(true) => source.RunContinuationsAsynchronously = false;

    /// <summary>Completes when the system has taken all of the bytes; throws when the connection is lost.</summary>
    public static ValueTask Run(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        var write = Take();
        write.socket = socket;
        write.rest = bytes;
        var token = write.source.Version;
        try
        {
            if (!write.Step())
                return new ValueTask(write, token);
        }
        catch
        {
            write.Give();
            throw;
        }

        var error = write.SocketError;
        write.Give();
        return error is SocketError.Success ? default : throw new SocketException((int)error);
    }

    public ValueTaskSourceStatus GetStatus(short token) => source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => source.OnCompleted(continuation, state, token, flags);

    public void GetResult(short token)
    {
        try
        {
            source.GetResult(token);
        }
        finally
        {
            source.Reset();
            Give();
        }
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        try
        {
            if (!Sent() || Step())
                Finish();
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            source.SetException(failure);
        }
    }

    // True when it is over, well or not.
    bool Step()
    {
        while (true)
        {
            SetBuffer(MemoryMarshal.AsMemory(rest));
            if (socket!.SendAsync(this))
                return false;
            if (!Sent())
                return true;
        }
    }

    // True when there is more to send.
    bool Sent()
    {
        if (SocketError is not SocketError.Success)
            return false;
        rest = rest[BytesTransferred..];
        return rest.Length > 0;
    }

    void Finish()
    {
        if (SocketError is SocketError.Success)
            source.SetResult(true);
        else
            source.SetException(new SocketException((int)SocketError));
    }

    static SocketWrite Take()
    {
        if (own is { } mine)
        {
            own = null;
            return mine;
        }
        if (!spares.TryPop(out var spare))
            return new SocketWrite();
        Interlocked.Decrement(ref spareCount);
        return spare;
    }

    void Give()
    {
        socket = null;
        rest = default;
        SetBuffer(default);
        if (own is null)
        {
            own = this;
        }
        else if (Interlocked.Increment(ref spareCount) <= Spares)
        {
            spares.Push(this);
        }
        else
        {
            Interlocked.Decrement(ref spareCount);
            Dispose();
        }
    }
}
