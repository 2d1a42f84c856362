using System.Net;
using System.Net.Sockets;

namespace Loa.Mqtt.Server.Admission;

/// <summary>One listening socket and the loop that accepts from it.</summary>
sealed class Listener : IDisposable
{
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    readonly ServerContext context;
    readonly Action<Socket> open;
    readonly Socket listening;
    readonly CancellationTokenSource closing = new();
    readonly Task accepting;

    public Listener(IPEndPoint at, ServerContext context, Action<Socket> open)
    {
        (this.context, this.open) = (context, open);
        listening = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(at);
        listening.Listen(context.Options.Backlog);
        EndPoint = (IPEndPoint)listening.LocalEndPoint!;
        accepting = Accept();
    }

    public IPEndPoint EndPoint { get; }

    public async Task Stop(CancellationToken cancel)
    {
        await closing.CancelAsync();
        await accepting.WaitAsync(cancel);
        listening.Dispose();
    }

    public void Dispose()
    {
        listening.Dispose();
        closing.Dispose();
    }

    async Task Accept()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                open(await listening.AcceptAsync(closing.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure)
            {
                // Out of file descriptors, or the client gave up in the queue: the socket goes on listening.
                context.HostFailed(null, failure);
                await Task.Delay(pause, context.Clock, closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
