using System.Net;

namespace Loa.Mqtt.Transports;

/// <summary>What carries the bytes of one connection: a bare socket, TLS, or a WebSocket.</summary>
abstract class Transport
{
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>Something has come that we have not looked at: whoever is behind it is not silent, we are slow.</summary>
    public abstract bool HasUnread { get; }

    /// <summary>Completes when there is something to read; holds no buffer until then.</summary>
    public abstract ValueTask<int> Ready();

    /// <summary>0 when the other side has ended.</summary>
    public abstract ValueTask<int> Read(Memory<byte> buffer);

    public abstract ValueTask Write(ReadOnlyMemory<byte> bytes);

    /// <summary>Nothing more is sent; with <paramref name="both"/> nothing more is read either, which wakes the reader.</summary>
    public abstract void EndSending(bool both);

    /// <summary>Ends the connection at once, from any thread.</summary>
    public abstract void Abort();

    /// <summary>Only for the reader, after its last read.</summary>
    public abstract void HangUp();
}
