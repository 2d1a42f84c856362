using System.Globalization;
using System.Net;
using Loa.Bench.Load;
using Loa.Bench.Runs;

namespace Loa.Bench.UnderTest;

/// <summary>The process that is all the strangers at a door: they come, do not say what they are asked, and come again when they are shown out.</summary>
public sealed class Strangers : IDisposable
{
    public const string Verb = "strangers";

    readonly Crowd crowd;
    readonly int count;

    Strangers(int port, int count, string manner)
    {
        this.count = count;
        // From as many addresses as a small army of hijacked cameras; none is a speaker's.
        crowd = new Crowd(new StrangerDialect(manner), new IPEndPoint(IPAddress.Loopback, port), count)
        {
            From = index => new IPAddress([127, 0, 1, (byte)(1 + (index % 250))]),
        };
        crowd.Ended = index => crowd.Connect(index, 1);
    }

    public static Child Start(int port, int count, string manner) => Child.Start(Verb, $"{port}", $"{count}", manner);

    public static Task<int> Run(string[] args)
    {
        var strangers = new Strangers(Number(args[0]), Number(args[1]), args[2]);
        return Child.Obey(order => Task.FromResult(strangers.CarryOut(order)));
    }

    public void Dispose() => crowd.Dispose();

    string CarryOut(string[] order)
    {
        switch (order[0])
        {
            case "come":
                crowd.Connect(0, count);
                if (!crowd.Pump(() => crowd.Ready >= count, TimeSpan.FromSeconds(60)))
                    throw new TimeoutException($"{crowd.Ready} of {count} strangers are at the door.");
                return $"{crowd.Ready}";
            case "press":
                Press();
                return Stay(Number(order[1]));
            default:
                return Stay(Number(order[1]));
        }
    }

    // Whether the door takes them or not: as many as get in, and again, at a pace that leaves this machine to the server.
    void Press()
    {
        const int PerTick = 50;
        var again = new Queue<int>();
        crowd.Ended = again.Enqueue;
        crowd.Tick = () =>
        {
            for (var i = 0; i < PerTick && again.TryDequeue(out var index); i++)
                crowd.Connect(index, 1);
        };
        crowd.Every(TimeSpan.FromMilliseconds(50));
        crowd.Connect(0, count);
    }

    string Stay(int seconds)
    {
        var lost = crowd.Lost;
        crowd.Pump(TimeSpan.FromSeconds(seconds));
        return $"{crowd.Lost - lost}";
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What a stranger says, which is never enough.</summary>
public sealed class StrangerDialect(string manner) : Dialect
{
    public const string Silent = "silent";
    public const string Half = "half a CONNECT";
    public const string Mute = "no proof";
    public const string HalfRequest = "half a request";

    /// <summary>What is tried at the speakers' door.</summary>
    public static string[] Manners { get; } = [Silent, Half, Mute];

    static readonly byte[] greeting = Greeting();

    public override void Connected(Crowd crowd, int index)
    {
        crowd.IsIn(index);
        crowd.Send(index, Words(manner));
    }

    // Whatever it is asked, it does not answer.
    public override int Take(Crowd crowd, int index, ReadOnlySpan<byte> bytes) => bytes.Length;

    public override byte[] Publication(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId) =>
        throw new NotSupportedException("A stranger says nothing.");

    static ReadOnlySpan<byte> Words(string manner) =>
        manner switch
        {
            Half => greeting.AsSpan(0, greeting.Length / 2),
            Mute => greeting,
            HalfRequest => "GET /sign-in HTTP/1.1\r\nHost: loa\r\nX-"u8,
            _ => [],
        };

    // A good CONNECT of MQTT 5 with the speakers' method, under a name that nobody has.
    static byte[] Greeting()
    {
        var name = System.Text.Encoding.ASCII.GetBytes($"{Guid.CreateVersion7():d}");
        var method = "LOA-ES256"u8;
        byte[] body =
        [
            0,
            4,
            .. "MQTT"u8,
            5,
            0,
            0,
            30,
            (byte)(3 + method.Length),
            0x15,
            0,
            (byte)method.Length,
            .. method,
            0,
            (byte)name.Length,
            .. name,
        ];
        return [0x10, (byte)body.Length, .. body];
    }
}
