using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Loa.Mqtt.Lines;

namespace Loa.Mqtt.Server.Door;

/// <summary>
/// TLS handshakes. Nothing is set up before the client has said its first word, and the number under way is bounded: one
/// who stands in the door with half a handshake makes room for the next.
/// </summary>
sealed class TlsDoor(TlsListener options) : IDisposable
{
    readonly SemaphoreSlim places = new(options.MaximumHandshakes);
    readonly Lock gate = new();
    readonly LinkedList<Line> underWay = new();

    public async Task<Line> Pass(Socket socket, Line plain, CancellationToken cancel)
    {
        await plain.Ready();
        if (places.CurrentCount == 0)
            MakeRoom();
        await places.WaitAsync(cancel);
        var standing = Enter(plain);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(options.Authentication(), cancel);
            return new StreamLine(socket, stream);
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync();
            if (failure is AuthenticationException)
                throw new IOException("The TLS handshake failed.", failure);
            throw;
        }
        finally
        {
            lock (gate)
                underWay.Remove(standing);
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    LinkedListNode<Line> Enter(Line line)
    {
        lock (gate)
            return underWay.AddLast(line);
    }

    // Who has said something that we have not read waits for us, and is not to blame.
    void MakeRoom()
    {
        lock (gate)
            underWay.FirstOrDefault(line => !line.HasUnread)?.Abort();
    }
}
