using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Lines;

/// <summary>A socket with a stream over it that keeps what is said from others: TLS.</summary>
sealed class StreamLine(Socket socket, Stream stream) : Line
{
    public override EndPoint? RemoteEndPoint { get; } = socket.RemoteEndPoint;

    public override bool HasUnread => SocketLine.HoldsUnread(socket);

    public override ValueTask<int> Ready() => stream.ReadAsync(Memory<byte>.Empty);

    public override ValueTask<int> Read(Memory<byte> buffer) => stream.ReadAsync(buffer);

    public override ValueTask Write(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    public override void EndSending(bool both) => SocketLine.End(socket, both);

    public override void Abort() => socket.Dispose();

    public override void HangUp() => stream.Dispose();
}
