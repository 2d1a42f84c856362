using System.Diagnostics;
using System.Globalization;
using System.Net;
using Loa.Air;
using Loa.Bench.Load;
using Loa.Bench.Runs;

namespace Loa.Bench.UnderTest;

/// <summary>The process that is all the speakers of a province on the wire.</summary>
public sealed class SpeakerCrowd : IDisposable
{
    public const string Verb = "speakers";
    const int PingEverySeconds = 15;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(90);

    readonly LoadSpeaker[] speakers;
    readonly SpeakerDialect dialect;
    readonly Crowd crowd;
    long sent;
    long acknowledged;
    int turn;

    SpeakerCrowd(int port, int count, string serverName, Wire wire)
    {
        speakers = new LoadSpeaker[count];
        // Making ten thousand keys on all cores takes a second.
        Parallel.For(0, count, i => speakers[i] = new LoadSpeaker(Guid.CreateVersion7()));
        dialect = new SpeakerDialect(speakers, serverName)
        {
            Stored = (index, ack) => speakers[index].Stored = Math.Max(speakers[index].Stored, ack.Seq),
            Acknowledged = (_, _) => acknowledged++,
        };
        crowd = new Crowd(dialect, new IPEndPoint(IPAddress.Loopback, port), count, wire);
    }

    public static Child Start(int port, int count, string serverName = "loa-thanh", Wire wire = Wire.Tcp) =>
        Child.Start(Verb, $"{port}", $"{count}", serverName, $"{wire}");

    public static Task<int> Run(string[] args)
    {
        var load = new SpeakerCrowd(Number(args[0]), Number(args[1]), args[2], Enum.Parse<Wire>(args[3]));
        return Child.Obey(load.CarryOut);
    }

    public void Dispose() => crowd.Dispose();

    async Task<string> CarryOut(string[] order)
    {
        switch (order[0])
        {
            case "file":
                await SpeakerFile.Write(order[1], speakers.Select(s => SpeakerFile.Of(s.Id, s.Key.Public)));
                return order[1];
            case "prepare":
                Parallel.ForEach(speakers, s => s.Key.Prepare());
                return "prepared";
            case "connect":
                return Connect(Number(order[1]));
            case "ready":
                return $"{crowd.Ready}";
            case "resumed":
                return $"{crowd.Resumed}";
            case "cut":
                for (var i = 0; i < speakers.Length; i++)
                    crowd.Cut(i);
                return "cut";
            case "live":
                return Live(Number(order[1]), Number(order[2]), Number(order[3]));
            case "hear":
                return Hear(Number(order[1]), Number(order[2]));
            case "stay":
                return Live(Number(order[1]), 0, 0);
            case "told":
                return Told(Guid.Parse(order[1]));
            case "flood":
                return Flood(Number(order[1]), Number(order[2]));
            default:
                throw new ArgumentException(order[0]);
        }
    }

    /// <summary>All at once; answers when it began, when each was let in, and how many were turned away.</summary>
    string Connect(int cycle)
    {
        foreach (var speaker in speakers)
            speaker.Cycle = cycle;
        var lost = crowd.Lost;
        crowd.Ended = index => crowd.Connect(index, 1);
        var began = Stopwatch.GetTimestamp();
        var wanted = crowd.Ready + speakers.Length;
        crowd.Connect(0, speakers.Length);
        if (!crowd.Pump(() => crowd.Ready >= wanted, patience))
            throw new TimeoutException($"{crowd.Ready} of {wanted} are in, {crowd.Lost - lost} were turned away.");
        var all = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        // The timetables that come at once are taken as well.
        crowd.Pump(TimeSpan.FromMilliseconds(500));
        crowd.Ended = null;
        return string.Create(CultureInfo.InvariantCulture, $"{began} {all:F0} {crowd.Lost - lost}");
    }

    /// <summary>Answers with the moments at which the first and the last of so many got a timetable.</summary>
    string Hear(int wanted, int seconds)
    {
        var told = new HashSet<int>();
        var (first, last) = (0L, 0L);
        dialect.Told = index =>
        {
            if (!told.Add(index))
                return;
            last = Stopwatch.GetTimestamp();
            first = first == 0 ? last : first;
        };
        var all = crowd.Pump(() => told.Count >= wanted, TimeSpan.FromSeconds(seconds));
        dialect.Told = null;
        return all ? $"{first} {last}" : throw new TimeoutException($"{told.Count} of {wanted} were told.");
    }

    /// <summary>Speakers on a quiet day: each reports its state and proves something, spread over the time.</summary>
    string Live(int seconds, int stateEverySeconds, int recordEverySeconds)
    {
        // A twentieth of a second's speakers at a time, so that the load side itself makes no waves.
        const int Parts = 20;
        var (records, lost) = (0L, crowd.Lost);
        // Whose turn it is goes on where it stopped, so that many short times are as good as a long one.
        var last = turn + (seconds * Parts);
        (sent, acknowledged) = (0, 0);
        crowd.Tick = () =>
        {
            foreach (var i in Turn(turn, Parts * PingEverySeconds))
                crowd.Send(i, [0xC0, 0]);
            foreach (var i in Turn(turn, Parts * stateEverySeconds))
                Tell(i);
            foreach (var i in Turn(turn, Parts * recordEverySeconds))
                records += Prove(i);
            turn++;
        };
        crowd.Every(TimeSpan.FromSeconds(1) / Parts);
        crowd.Pump(() => turn >= last, TimeSpan.FromSeconds(seconds * 2));
        crowd.Every(TimeSpan.Zero);
        // What was said last is answered still.
        crowd.Pump(() => acknowledged >= sent && speakers.All(s => s.Stored >= s.Head.Seq), TimeSpan.FromSeconds(20));
        return $"{sent} {acknowledged} {records} {speakers.Sum(s => s.Stored)} {speakers.Sum(s => s.Cycle)} {crowd.Lost - lost}";
    }

    /// <summary>How many were told of a broadcast, and when the last was.</summary>
    string Told(Guid broadcast)
    {
        var at = speakers.Select(s => s.Told.GetValueOrDefault(broadcast)).Where(at => at > 0).ToList();
        return $"{at.Count} {at.DefaultIfEmpty().Max()}";
    }

    /// <summary>Stolen keys: each tells so many plays a second that nobody ordered, and comes again when it is shown out.</summary>
    string Flood(int seconds, int perSecond)
    {
        const int Parts = 20;
        var (turns, said, lost) = (0, 0L, crowd.Lost);
        dialect.MayBeRefused = true;
        crowd.Ended = index => crowd.Connect(index, 1);
        crowd.Tick = () =>
        {
            turns++;
            for (var i = 0; i < speakers.Length; i++)
            for (var n = 0; n < perSecond / Parts && crowd.IsReady(i); n++)
                said += Lie(i);
        };
        crowd.Every(TimeSpan.FromSeconds(1) / Parts);
        crowd.Pump(() => turns >= seconds * Parts, TimeSpan.FromSeconds(seconds * 2));
        crowd.Every(TimeSpan.Zero);
        crowd.Ended = null;
        return $"{said} {crowd.Lost - lost}";
    }

    long Lie(int index) => Say(index, speakers[index].Lie());

    // Those whose turn it is, each once in so many turns; never when there are none.
    IEnumerable<int> Turn(int turn, int every)
    {
        for (var i = every > 0 ? turn % every : speakers.Length; i < speakers.Length; i += every)
            yield return i;
    }

    void Tell(int index)
    {
        speakers[index].Cycle++;
        if (crowd.Send(index, dialect.Report(index, Packet())))
            sent++;
    }

    long Prove(int index) => Say(index, speakers[index].Record());

    long Say(int index, string record)
    {
        var message = new RecordMessage(record).ToBytes();
        var topic = Topics.Of(speakers[index].Id, AirTopic.OutRecord);
        if (!crowd.Send(index, dialect.Publication(topic, message, qos: 1, Packet())))
            return 0;
        sent++;
        return 1;
    }

    ushort Packet() => (ushort)(10 + (sent % 60_000));

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
