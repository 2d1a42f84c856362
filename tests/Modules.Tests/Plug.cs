using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loa;

/// <summary>Passes connections on to a port elsewhere until it is pulled out: then they break, and new ones are refused.</summary>
public sealed class Plug : IAsyncDisposable
{
    readonly string host;
    readonly int port;
    readonly ConcurrentBag<Socket> open = [];
    TcpListener listener;
    Task accepting;

    public Plug(string host, int port)
    {
        (this.host, this.port) = (host, port);
        // It comes back on the same, which nobody may have been given meanwhile.
        Port = FreePort.Next();
        (listener, accepting) = Listen(Port);
    }

    public int Port { get; }

    public async Task Pull()
    {
        listener.Dispose();
        await accepting;
        while (open.TryTake(out var socket))
            socket.Dispose();
    }

    public void PutIn() => (listener, accepting) = Listen(Port);

    public async ValueTask DisposeAsync() => await Pull();

    (TcpListener, Task) Listen(int on)
    {
        var opened = new TcpListener(IPAddress.Loopback, on);
        opened.Start();
        return (opened, Accept(opened));
    }

    async Task Accept(TcpListener opened)
    {
        try
        {
            while (true)
                _ = Pass(await opened.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Pulled out.
        }
    }

    async Task Pass(Socket here)
    {
        open.Add(here);
        try
        {
            using var there = new Socket(SocketType.Stream, ProtocolType.Tcp);
            open.Add(there);
            await there.ConnectAsync(host, port);
            await using var one = new NetworkStream(here);
            await using var other = new NetworkStream(there);
            await Task.WhenAny(one.CopyToAsync(other), other.CopyToAsync(one));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // One of the ends is gone.
        }
        finally
        {
            here.Dispose();
        }
    }
}
