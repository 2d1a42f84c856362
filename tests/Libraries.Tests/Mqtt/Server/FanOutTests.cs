using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>One message to very many: all get it, encoded once, and the figure is printed.</summary>
[Collection(nameof(Alone))]
public sealed class FanOutTests(ITestOutputHelper output)
{
    const int Clients = 2000;
    const int Rounds = 20;

    [Theory]
    [InlineData(Qos.AtMostOnce)]
    [InlineData(Qos.AtLeastOnce)]
    public async Task One_message_reaches_two_thousand(Qos qos)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var gateway = new Gateway();
        var ids = Enumerable.Range(0, Clients).Select(n => $"speaker-{n:D28}").ToArray();
        var sockets = new List<Socket>();
        foreach (var id in ids)
            sockets.Add(await Connect(gateway.Port, id, qos));
        var connected = GC.GetTotalMemory(forceFullCollection: true) - before;

        var payload = new byte[200];
        for (var round = 0; round < Rounds; round++)
            Fan(gateway, ids, payload, qos, sockets);
        var took = new List<double>();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var sending = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var (last, own) = Fan(gateway, ids, payload, qos, sockets);
            took.Add(last.TotalMilliseconds);
            sending += own;
        }
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        took.Sort();

        output.WriteLine(
            $"{qos} to {Clients}: last receiver median {took[took.Count / 2]:F1} ms, "
                + $"{allocated / (double)Rounds / Clients:F1} bytes allocated per delivery by the whole process, "
                + $"{sending / (double)Rounds / Clients:F2} by the sending thread, "
                + $"{connected / (double)Clients:F0} managed bytes per idle connection (both ends' sockets)"
        );

        // Nothing may be allocated for a receiver; a little belongs to the message itself.
        Assert.InRange(sending / (double)Rounds / Clients, 0, 4);
        foreach (var socket in sockets)
            socket.Dispose();
    }

    // Sends, then looks at every socket until its message is there.
    (TimeSpan Last, long Allocated) Fan(Gateway gateway, string[] ids, byte[] payload, Qos qos, List<Socket> sockets)
    {
        var started = Stopwatch.GetTimestamp();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var fan = gateway.Server.Send(ids, "loa/{client}/in/command", payload, qos);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(new FanOut(ids.Length, 0, 0), fan);

        // Asking how much has come allocates nothing, waiting for it would.
        foreach (var socket in sockets)
            while (socket.Available == 0)
                Thread.Yield();
        var last = Stopwatch.GetElapsedTime(started);

        Span<byte> packet = stackalloc byte[400];
        foreach (var socket in sockets)
            Assert.InRange(socket.Receive(packet), payload.Length, packet.Length);
        if (qos is Qos.AtLeastOnce)
            Acknowledge(sockets, packet);
        return (last, allocated);
    }

    ushort acknowledged;

    void Acknowledge(List<Socket> sockets, Span<byte> packet)
    {
        acknowledged++;
        foreach (var socket in sockets)
            socket.Send(packet[..new AcknowledgementPacket(PacketType.Puback, acknowledged).Write(packet)]);
    }

    static async Task<Socket> Connect(int port, string id, Qos qos)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(
            Some.Written(
                new ConnectPacket
                {
                    ClientId = id,
                    Properties = new() { SessionExpiry = 600 },
                }.Write
            )
        );
        var answer = new byte[200];
        await socket.ReceiveAsync(answer);
        var subscribe = new SubscribePacket { PacketId = 1, Filters = [new WantedFilter($"loa/{id}/in/#", qos)] };
        await socket.SendAsync(Some.Written(w => subscribe.Write(w, ProtocolVersion.V5)));
        await socket.ReceiveAsync(answer);
        return socket;
    }
}
