using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Loa.Bench.Load;

namespace Loa.Bench.Runs;

/// <summary>
/// The process that holds a crowd and publishes to it. Every message carries the moment it was due, so a delay anywhere
/// is counted; the same code with the same work runs against every server.
/// </summary>
public sealed class LoadSide : IDisposable
{
    public const string Verb = "load";
    const int Stamp = 12;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly Crowd crowd;
    readonly Dialect dialect;
    readonly string kind;
    readonly bool isOurs;
    readonly int clients;
    readonly List<double> milliseconds = [];
    readonly bool[] isDeaf;
    int number;
    int heard;
    long last;

    LoadSide(string kind, int port, int clients, Wire wire)
    {
        (this.kind, this.clients) = (kind, clients);
        isOurs = kind == "loa";
        isDeaf = new bool[clients + 1];
        dialect = kind == "nats" ? new NatsDialect(Subjects) : new MqttDialect(Names.Of, Topics, qos: 1, 86_400);
        dialect.Heard = Hear;
        // The last connection is the publisher's.
        crowd = new Crowd(dialect, new IPEndPoint(IPAddress.Loopback, port), clients + 1, wire);
    }

    public static Child Start(string kind, int port, int clients, Wire wire = Wire.Tcp) =>
        Child.Start(Verb, kind, $"{port}", $"{clients}", $"{wire}");

    public static Task<int> Run(string[] args)
    {
        var load = new LoadSide(args[0], Number(args[1]), Number(args[2]), Enum.Parse<Wire>(args[3]));
        return Child.Obey(order => Task.FromResult(load.CarryOut(order)));
    }

    public void Dispose() => crowd.Dispose();

    string CarryOut(string[] order) =>
        order[0] switch
        {
            "connect" => Connect(Number(order[1]), Number(order[2])),
            "leave" => Leave(Number(order[1]), Number(order[2])),
            "fan" => Fan(Number(order[1]), Number(order[2]), order[3]),
            "paced" => Paced(Number(order[1]), Number(order[2]), Number(order[3])),
            "frames" => Frames(Number(order[1]), Number(order[2]), Number(order[3])),
            "deafen" => Deafen(Number(order[1])),
            _ => throw new ArgumentException(order[0]),
        };

    string Connect(int from, int count)
    {
        var began = Stopwatch.GetTimestamp();
        var wanted = crowd.Ready + count;
        crowd.Connect(from, count);
        if (from == 0 && !crowd.IsOpen(clients))
        {
            crowd.Connect(clients, 1);
            wanted++;
        }
        Must(() => crowd.Ready >= wanted, $"{wanted} connections");
        return Text(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    string Leave(int from, int count)
    {
        for (var i = from; i < from + count; i++)
            crowd.Cut(i);
        return "left";
    }

    /// <summary>The same message to all, one after the other; answers when the last client had each, in milliseconds.</summary>
    string Fan(int size, int count, string topic)
    {
        var lasts = new List<double>();
        for (var i = 0; i < count; i++)
        {
            heard = 0;
            var began = Publish(isOurs || topic != OwnServer.ToAll ? topic : "heard/all", size);
            Must(() => heard >= clients, $"message {number} at {clients}, {heard} had it");
            lasts.Add(Stopwatch.GetElapsedTime(began, last).TotalMilliseconds);
            // What the servers still tidy up after a message is not the next one's delay.
            crowd.Pump(TimeSpan.FromMilliseconds(30));
            // A second copy would have stood in for somebody who was still waiting.
            if (heard != clients)
                throw new InvalidOperationException($"Message {number} came {heard} times to {clients}.");
        }
        return string.Join(' ', lasts.Select(Text));
    }

    /// <summary>
    /// Each to one client chosen at random, at a fixed pace whatever the delays. Half a minute after the last was due, who has
    /// not carried all is told as "short" with what came.
    /// </summary>
    string Paced(int size, int perSecond, int seconds)
    {
        var random = new Random(4711);
        var total = perSecond * seconds;
        var interval = Stopwatch.Frequency / (double)perSecond;
        var began = Stopwatch.GetTimestamp();
        var sent = 0;
        milliseconds.Clear();
        heard = 0;
        crowd.Tick = () =>
        {
            while (sent < total && began + (long)(sent * interval) is var due && due <= Stopwatch.GetTimestamp())
            {
                var target = random.Next(clients);
                Publish((isOurs ? OwnServer.ToOne : "to/") + Names.Of(target), size, qos: 1, due);
                sent++;
            }
        };
        crowd.Every(TimeSpan.FromMicroseconds(250));
        var isCarried = crowd.Pump(() => heard >= total, TimeSpan.FromSeconds(seconds + 30));
        crowd.Every(TimeSpan.Zero);
        return isCarried ? Told() : $"short {heard}";
    }

    /// <summary>A frame to all at a fixed pace; answers the delays of all who listen.</summary>
    string Frames(int size, int everyMilliseconds, int seconds)
    {
        var total = seconds * 1000 / everyMilliseconds;
        var listeners = Enumerable.Range(0, clients).Count(i => !isDeaf[i]);
        var began = Stopwatch.GetTimestamp();
        var sent = 0;
        milliseconds.Clear();
        heard = 0;
        crowd.Tick = () =>
        {
            while (
                sent < total
                && began + (long)sent * everyMilliseconds * Stopwatch.Frequency / 1000 is var due
                && due <= Stopwatch.GetTimestamp()
            )
            {
                Publish(OwnServer.ToAll, size, qos: 0, due);
                if (++sent * everyMilliseconds % 1000 == 0)
                    StallAgain();
            }
        };
        // Whoever was cut comes back, and stalls again.
        crowd.Ended = index => crowd.Connect(index, 1);
        crowd.Every(TimeSpan.FromMilliseconds(2));
        crowd.Pump(TimeSpan.FromSeconds(seconds + 2));
        crowd.Every(TimeSpan.Zero);
        crowd.Ended = null;
        return $"{Told()} {(long)total * listeners} {crowd.Lost}";
    }

    string Deafen(int count)
    {
        // Spread evenly, so that they stand between the others everywhere.
        for (var i = 0; i < count; i++)
            isDeaf[(int)((long)i * clients / count)] = true;
        StallAgain();
        return "deaf";
    }

    void StallAgain()
    {
        for (var i = 0; i < clients; i++)
            if (isDeaf[i] && crowd.IsReady(i) && !crowd.IsDeaf(i))
                crowd.Deafen(i);
    }

    long Publish(string topic, int size, int qos = 0, long due = 0)
    {
        var payload = new byte[size];
        var stamp = due == 0 ? Stopwatch.GetTimestamp() : due;
        BinaryPrimitives.WriteInt64BigEndian(payload, stamp);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(8), ++number);
        var packetId = (ushort)(1 + (number % 65_000));
        if (!crowd.Send(clients, dialect.Publication(topic, payload, qos, packetId)))
            throw new IOException("The publisher's line is gone.");
        return stamp;
    }

    void Hear(int index, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < Stamp || isDeaf[index])
            return;
        last = Stopwatch.GetTimestamp();
        heard++;
        milliseconds.Add(
            Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(payload), last).TotalMilliseconds
        );
    }

    string Told()
    {
        var told = new Percentiles(milliseconds);
        return $"{told.Count} {Text(told.Median)} {Text(told.At(0.99))} {Text(told.At(0.999))} {Text(told.Maximum)}";
    }

    void Must(Func<bool> until, string what, TimeSpan? within = null)
    {
        if (!crowd.Pump(until, within ?? patience))
            throw new TimeoutException(
                $"Waited in vain at {kind} for {what}; {crowd.Ready} are in, {crowd.Lost} were lost."
            );
    }

    string[] Topics(int index) =>
        index == clients ? ["publisher"]
        : isOurs ? [$"loa/{Names.Of(index)}/in/+", "heard/all"]
        : ["to/" + Names.Of(index), "heard/all"];

    string[] Subjects(int index) => index == clients ? ["publisher"] : ["to/" + Names.Of(index), "heard/all"];

    static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
