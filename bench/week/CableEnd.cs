using System.Net;
using Loa.Mqtt.Transports;

namespace Loa.Bench.Week;

/// <summary>One end of a connection over a road, where the library has a socket else: bytes in their order, late, never lost while it stands.</summary>
sealed class CableEnd(Road road, EndPoint? remote) : Transport
{
    readonly Queue<(long At, ReadOnlyMemory<byte> Bytes)> underWay = new();
    readonly Queue<ReadOnlyMemory<byte>> came = new();
    TaskCompletionSource? reader;
    long last;
    bool isBroken;
    bool isEnded;

    public CableEnd Other { get; set; } = null!;

    public bool IsOver => isBroken && Other.isBroken;

    public override EndPoint? RemoteEndPoint => remote;

    public override bool HasUnread => came.Count > 0;

    public override async ValueTask<int> Ready()
    {
        while (came.Count == 0 && !isEnded && !isBroken)
        {
            reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await reader.Task;
        }
        return isBroken ? throw Broken() : 0;
    }

    public override async ValueTask<int> Read(Memory<byte> buffer)
    {
        await Ready();
        if (!came.TryDequeue(out var bytes))
            return 0;
        var count = Math.Min(buffer.Length, bytes.Length);
        bytes[..count].CopyTo(buffer);
        if (count < bytes.Length)
            PutBack(bytes[count..]);
        return count;
    }

    public override ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        if (isBroken)
            throw Broken();
        Send(bytes.ToArray());
        return ValueTask.CompletedTask;
    }

    public override void EndSending(bool both)
    {
        if (isBroken)
            return;
        Send(default);
        isEnded |= both;
        Wake();
    }

    public override void Abort()
    {
        if (isBroken)
            return;
        Send(default);
        Break();
    }

    public override void HangUp() => Abort();

    /// <summary>It is gone, and whoever holds this end sees it.</summary>
    public void Break()
    {
        isBroken = true;
        Wake();
    }

    /// <summary>What could not pass goes on.</summary>
    public void MoveLater()
    {
        if (underWay.Count > 0)
            road.World.After(road.Delay(), Move);
    }

    // Nothing stands for the end.
    void Send(ReadOnlyMemory<byte> bytes)
    {
        last = Math.Max(last, road.World.GetTimestamp() + road.Delay().Ticks);
        underWay.Enqueue((last, bytes));
        road.World.After(new TimeSpan(last - road.World.GetTimestamp()), Move);
    }

    void Move()
    {
        while (!road.IsDown && underWay.TryPeek(out var next) && next.At <= road.World.GetTimestamp())
        {
            underWay.Dequeue();
            Other.Take(next.Bytes);
        }
    }

    void Take(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            isEnded = true;
        else
            came.Enqueue(bytes);
        Wake();
    }

    void PutBack(ReadOnlyMemory<byte> rest)
    {
        var later = came.ToArray();
        came.Clear();
        came.Enqueue(rest);
        foreach (var bytes in later)
            came.Enqueue(bytes);
    }

    void Wake() => Interlocked.Exchange(ref reader, null)?.TrySetResult();

    static IOException Broken() => new("The line is gone.");
}
