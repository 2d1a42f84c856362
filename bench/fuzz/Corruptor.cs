using System.Net;
using System.Net.Sockets;

namespace Loa.Bench.Fuzz;

/// <summary>A line between speakers and a server on which the server's bytes are spoiled now and then; what broke comes back and is spoiled again.</summary>
sealed class Corruptor : IDisposable
{
    readonly Socket door = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly IPEndPoint target;
    readonly int seed;
    int connections;
    long spoiled;

    public Corruptor(IPEndPoint target, int seed)
    {
        (this.target, this.seed) = (target, seed);
        door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        door.Listen(512);
        _ = Serve();
    }

    public IPEndPoint EndPoint => (IPEndPoint)door.LocalEndPoint!;

    public long Spoiled => Interlocked.Read(ref spoiled);

    public int Connections => connections;

    /// <summary>From now on nothing is spoiled any more.</summary>
    public volatile bool IsHonest;

    public void Dispose() => door.Dispose();

    async Task Serve()
    {
        try
        {
            while (true)
                _ = Carry(await door.AcceptAsync(), new Random(seed + ++connections));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The show is over.
        }
    }

    async Task Carry(Socket near, Random random)
    {
        using (near)
        {
            using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await far.ConnectAsync(target);
                // Whichever ends first ends both.
                await Task.WhenAny(Pass(near, far, null), Pass(far, near, random));
            }
            catch (SocketException)
            {
                // So is a line.
            }
        }
    }

    async Task Pass(Socket from, Socket to, Random? random)
    {
        var mutator = random is null ? null : new Mutator(random);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                ReadOnlyMemory<byte> bytes = buffer.AsMemory(0, count);
                if (mutator is not null && !IsHonest && random!.Next(12) == 0)
                {
                    bytes = mutator.Spoil(bytes.ToArray());
                    Interlocked.Increment(ref spoiled);
                }
                if (bytes.Length > 0)
                    await to.SendAsync(bytes);
            }
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // The other direction notices as well.
        }
    }
}
