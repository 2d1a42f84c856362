using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Transports;

/// <summary>A socket with a stream over it that keeps what is said from others: TLS.</summary>
sealed class StreamTransport(Socket socket, Stream stream) : Transport
{
    public override EndPoint? RemoteEndPoint { get; } = socket.RemoteEndPoint;

    public override bool HasUnread => SocketTransport.HoldsUnread(socket);

    public override ValueTask<int> Ready() => stream.ReadAsync(Memory<byte>.Empty);

    public override ValueTask<int> Read(Memory<byte> buffer) => stream.ReadAsync(buffer);

    public override ValueTask Write(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    public override void EndSending(bool both) => SocketTransport.End(socket, both);

    public override void Abort() => socket.Dispose();

    public override void HangUp() => stream.Dispose();
}
