using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// Bounds the TLS handshakes under way. Nothing is set up before the client has sent its first byte, and a client that
/// holds half a handshake makes room for the next. When all places are taken, the newest waits least, since the oldest are
/// the likeliest to be dead.
/// </summary>
sealed class TlsHandshakes(TlsListener options, ServerContext context)
{
    // A handshake over 3G takes two exchanges; whoever needs longer may have to begin again.
    static readonly TimeSpan decent = TimeSpan.FromSeconds(3);

    sealed class PendingHandshake(Transport transport, long since)
    {
        public Transport Transport => transport;

        public long Since { get; set; } = since;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    readonly Lock gate = new();
    readonly LinkedList<PendingHandshake> underWay = new();
    readonly LinkedList<PendingHandshake> waiting = new();

    public async Task<Transport> Pass(Socket socket, Transport plain, CancellationToken cancel)
    {
        await plain.Ready();
        var handshake = Enter(plain);
        try
        {
            await handshake.Turn.Task;
            return await Authenticate(socket, cancel);
        }
        finally
        {
            Leave(handshake);
        }
    }

    /// <summary>Gives places that are held without need to handshakes that wait, and ends those that waited too long.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            while (waiting.Count > 0 && (underWay.Count < options.MaximumHandshakes || MakeRoom()))
                Admit();
            var oldest = context.Clock.GetTimestamp() - context.Ticks(context.Options.HandshakeTimeout);
            while (waiting.First is { Value: var late } && late.Since < oldest)
            {
                waiting.RemoveFirst();
                late.Turn.TrySetException(new IOException("Too many TLS handshakes were under way."));
            }
        }
    }

    async Task<Transport> Authenticate(Socket socket, CancellationToken cancel)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(options.Authentication(), cancel);
            return new StreamTransport(socket, stream);
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
            if (failure is AuthenticationException)
                throw new IOException("The TLS handshake failed.", failure);
            throw;
        }
    }

    PendingHandshake Enter(Transport transport)
    {
        var handshake = new PendingHandshake(transport, context.Clock.GetTimestamp());
        lock (gate)
        {
            waiting.AddLast(handshake);
            if (underWay.Count < options.MaximumHandshakes || MakeRoom())
                Admit();
        }
        return handshake;
    }

    void Leave(PendingHandshake handshake)
    {
        lock (gate)
        {
            underWay.Remove(handshake);
            waiting.Remove(handshake);
            if (waiting.Count > 0 && underWay.Count < options.MaximumHandshakes)
                Admit();
        }
    }

    void Admit()
    {
        var newest = waiting.Last!.Value;
        waiting.RemoveLast();
        // One that begins now has as long as any other.
        newest.Since = context.Clock.GetTimestamp();
        underWay.AddLast(newest);
        newest.Turn.TrySetResult();
    }

    // A client that has sent something unread waits for the server, and is not to blame.
    bool MakeRoom()
    {
        var before = context.Clock.GetTimestamp() - context.Ticks(decent);
        for (var node = underWay.First; node is not null && node.Value.Since < before; node = node.Next)
        {
            if (node.Value.Transport.HasUnread)
                continue;
            underWay.Remove(node);
            node.Value.Transport.Abort();
            return true;
        }
        return false;
    }
}
