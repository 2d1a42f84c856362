using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Loa.Mqtt.Transports;

namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// TLS handshakes. Nothing is set up before the client has said its first word, and the number under way is bounded: one
/// who stands in the door with half a handshake makes room for the next. When all places are taken, the newest waits
/// least, since the oldest are the likeliest to be nobody.
/// </summary>
sealed class TlsHandshakes(TlsListener options, ServerContext context)
{
    // A handshake over 3G takes two exchanges; whoever needs longer may have to begin again.
    static readonly TimeSpan decent = TimeSpan.FromSeconds(3);

    sealed class Standing(Transport transport, long since)
    {
        public Transport Transport => transport;

        public long Since { get; set; } = since;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    readonly Lock gate = new();
    readonly LinkedList<Standing> underWay = new();
    readonly LinkedList<Standing> waiting = new();

    public async Task<Transport> Pass(Socket socket, Transport plain, CancellationToken cancel)
    {
        await plain.Ready();
        var standing = Enter(plain);
        try
        {
            await standing.Turn.Task;
            return await Authenticate(socket, cancel);
        }
        finally
        {
            Leave(standing);
        }
    }

    /// <summary>Gives places that are held without need to those who wait, and sends away who waited too long.</summary>
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
                late.Turn.TrySetException(new IOException("The TLS door was too crowded."));
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

    Standing Enter(Transport transport)
    {
        var standing = new Standing(transport, context.Clock.GetTimestamp());
        lock (gate)
        {
            waiting.AddLast(standing);
            if (underWay.Count < options.MaximumHandshakes || MakeRoom())
                Admit();
        }
        return standing;
    }

    void Leave(Standing standing)
    {
        lock (gate)
        {
            underWay.Remove(standing);
            waiting.Remove(standing);
            if (waiting.Count > 0 && underWay.Count < options.MaximumHandshakes)
                Admit();
        }
    }

    void Admit()
    {
        var newest = waiting.Last!.Value;
        waiting.RemoveLast();
        // Whoever begins now has as long as anybody.
        newest.Since = context.Clock.GetTimestamp();
        underWay.AddLast(newest);
        newest.Turn.TrySetResult();
    }

    // Who has said something that we have not read waits for us, and is not to blame.
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
