using System.Net;
using System.Net.Sockets;
using Loa.Air;
using Loa.Bench.Load;
using Loa.Bench.UnderTest;

namespace Loa.Bench.Fuzz;

/// <summary>A thief with a speaker's key: all he says is well signed, and none of it was ever ordered.</summary>
static class StolenKey
{
    // As fast as the gateway lets anybody talk for long.
    static readonly TimeSpan beat = TimeSpan.FromMilliseconds(25);

    /// <summary>Tells of plays that nobody ordered, which end in the year 9999, until it is over; returns how many.</summary>
    public static async Task<long> Tell(int port, LoadSpeaker one, CancellationToken over)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), over);
        await Gateway.ComeIn(socket, one, over);
        var heard = Drain(socket, over);
        using var pace = new PeriodicTimer(beat, TimeProvider.System);
        var told = 0L;
        try
        {
            while (await pace.WaitForNextTickAsync(over))
            {
                await socket.SendAsync(Publish(one, (ushort)((told % 60_000) + 1)), over);
                told++;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // It is over, or the thief was shown out.
        }
        await heard;
        return told;
    }

    static byte[] Publish(LoadSpeaker one, ushort number)
    {
        var packet = new PacketBytes();
        packet.Text(Topics.Of(one.Id, AirTopic.OutRecord));
        packet.Number16(number);
        packet.Byte(0);
        packet.Raw(new RecordMessage(one.Lie()).ToBytes());
        return packet.Finish(0x32);
    }

    // Who does not listen is cut off.
    static async Task Drain(Socket socket, CancellationToken over)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, over) > 0) { }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // Nothing more is to be heard.
        }
    }
}
