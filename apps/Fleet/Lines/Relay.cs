using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loa.Fleet.Lines;

/// <summary>One speaker's line to one port of the server: it may be slow, lose, stall, or be cut.</summary>
sealed class Relay : IDisposable
{
    readonly Socket door = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly ConcurrentDictionary<Socket, Socket> open = new();
    readonly EndPoint target;
    readonly int seed;
    int connections;
    long bytes;

    // Read by every passage for every parcel, written by whoever hurts the line.
    volatile Profile? profile;
    volatile bool isCut;

    public Relay(EndPoint target, int seed)
    {
        (this.target, this.seed) = (target, seed);
        door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        door.Listen();
        _ = Serve();
    }

    /// <summary>Where the speaker connects instead.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)door.LocalEndPoint!;

    /// <summary>Null is as good as the machine itself.</summary>
    public Profile? Profile
    {
        get => profile;
        set => profile = value;
    }

    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>While cut, what is open breaks and nothing new comes through.</summary>
    public bool IsCut
    {
        get => isCut;
        set
        {
            isCut = value;
            if (value)
                Break();
        }
    }

    public void Carried(int count) => Interlocked.Add(ref bytes, count);

    public void Dispose()
    {
        door.Dispose();
        Break();
    }

    void Break()
    {
        foreach (var (near, far) in open)
        {
            near.Dispose();
            far.Dispose();
        }
    }

    async Task Serve()
    {
        while (true)
        {
            try
            {
                var near = await door.AcceptAsync();
                if (isCut)
                    near.Dispose();
                else
                    _ = Carry(near, ++connections);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task Carry(Socket near, int number)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            (near.NoDelay, far.NoDelay) = (true, true);
            await far.ConnectAsync(target);
            open[near] = far;
            // The line may have been cut while we knocked.
            if (isCut)
                return;
            var up = new Passage(near, far, this, new Weather(seed ^ (number * 7919)));
            var down = new Passage(far, near, this, new Weather(~seed ^ (number * 7919)));
            await Task.WhenAll(Ending(up.Run(), far), Ending(down.Run(), near));
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // A broken line is what it is here for.
        }
        finally
        {
            open.TryRemove(near, out _);
            near.Dispose();
        }
    }

    // A direction that broke takes the other with it; one that ended in good order does not.
    static async Task Ending(Task direction, Socket other)
    {
        try
        {
            await direction;
        }
        catch
        {
            other.Dispose();
            throw;
        }
    }
}
