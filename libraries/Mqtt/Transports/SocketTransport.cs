using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Transports;

/// <summary>A bare TCP connection. What writing needs is borrowed for each write, since most connections are idle most of the time.</summary>
sealed class SocketTransport(Socket socket) : Transport
{
    // Asked for once: a socket that is gone does not tell any more.
    public override EndPoint? RemoteEndPoint { get; } = socket.RemoteEndPoint;

    public override bool HasUnread => HoldsUnread(socket);

    public override ValueTask<int> Ready() => socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);

    public override ValueTask<int> Read(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public override ValueTask Write(ReadOnlyMemory<byte> bytes) => SocketWrite.Run(socket, bytes);

    public override void EndSending(bool both) => End(socket, both);

    public override void Abort() => socket.Dispose();

    public override void HangUp() => socket.Dispose();

    public static bool HoldsUnread(Socket socket)
    {
        try
        {
            return socket.Available > 0;
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            return false;
        }
    }

    public static void End(Socket socket, bool both)
    {
        try
        {
            socket.Shutdown(both ? SocketShutdown.Both : SocketShutdown.Send);
        }
        catch (Exception failure) when (Wire.IsLoss(failure))
        {
            // The other side was faster; the reader sees the end by itself.
            socket.Dispose();
        }
    }
}
