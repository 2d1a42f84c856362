using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Loa.Speaker.InABox;

/// <summary>One piece of data that went through the relay.</summary>
readonly record struct Segment(TimeSpan At, bool FromSpeaker, int Bytes);

/// <summary>Stands between a speaker and its server and counts what a mobile network would be paid for.</summary>
sealed class CountingRelay : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource ending = new();
    readonly long began = TimeProvider.System.GetTimestamp();
    readonly Task running;

    public CountingRelay(IPEndPoint server)
    {
        listener.Start();
        running = Run(server);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<Segment> Segments { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await running;
        ending.Dispose();
    }

    async Task Run(IPEndPoint server)
    {
        try
        {
            while (true)
            {
                using var speaker = await listener.AcceptSocketAsync(ending.Token);
                using var onward = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                speaker.NoDelay = true;
                await onward.ConnectAsync(server, ending.Token);
                await Task.WhenAny(Copy(speaker, onward, fromSpeaker: true), Copy(onward, speaker, fromSpeaker: false));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over, or one side is.
        }
    }

    async Task Copy(Socket from, Socket to, bool fromSpeaker)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, SocketFlags.None, ending.Token)) > 0; )
            {
                Segments.Enqueue(new(TimeProvider.System.GetElapsedTime(began), fromSpeaker, read));
                await to.SendAsync(buffer.AsMemory(0, read), SocketFlags.None, ending.Token);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side hung up.
        }
    }
}
