using System.Net;
using System.Net.WebSockets;

namespace Loa.Mqtt.Transports;

/// <summary>
/// MQTT inside the binary frames of a WebSocket, without regard to where frames end (MQTT 5.0, 6). Masking, pings and
/// the bounds of control frames are the WebSocket's own business (RFC 6455).
/// </summary>
sealed class WebSocketTransport(WebSocket socket, EndPoint? remote) : Transport, IDisposable
{
    public const string SubProtocol = "mqtt";

    static readonly TimeSpan courtesy = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource aborting = new();

    public override EndPoint? RemoteEndPoint => remote;

    // What lies in the server's buffers cannot be seen from here.
    public override bool HasUnread => false;

    public override ValueTask<int> Ready() => Read(Memory<byte>.Empty);

    public override async ValueTask<int> Read(Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, aborting.Token);
                if (received.MessageType is WebSocketMessageType.Close)
                {
                    // Who says goodbye is answered (RFC 6455, 5.5.1).
                    if (socket.State is WebSocketState.CloseReceived)
                        await Close(both: false);
                    return 0;
                }
                // Any other kind of frame ends the connection (MQTT 5.0, MQTT-6.0.0-1).
                if (received.MessageType is not WebSocketMessageType.Binary)
                    throw new IOException("MQTT comes in binary frames only.");
                if (received.Count > 0 || buffer.IsEmpty)
                    return received.Count;
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            throw new IOException("The WebSocket was lost.", failure);
        }
    }

    public override async ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, aborting.Token);
        }
        catch (Exception failure)
            when (failure is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            throw new IOException("The WebSocket was lost.", failure);
        }
    }

    public override void EndSending(bool both) => _ = Close(both);

    public override void Abort()
    {
        try
        {
            aborting.Cancel();
            socket.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It was over already.
        }
    }

    public override void HangUp() => Dispose();

    public void Dispose()
    {
        socket.Dispose();
        aborting.Dispose();
    }

    async Task Close(bool both)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborting.Token);
        }
        catch (Exception failure)
            when (failure is WebSocketException or OperationCanceledException || Wire.IsLoss(failure))
        {
            // The other side was faster.
        }
        // The other side answers and hangs up; it is not waited for long.
        if (both)
            GiveUpSoon();
    }

    void GiveUpSoon()
    {
        try
        {
            aborting.CancelAfter(courtesy);
        }
        catch (ObjectDisposedException)
        {
            // It has hung up already.
        }
    }
}
