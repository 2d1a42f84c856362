using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Load;
using Loa.Bench.Peers;
using Loa.Bench.Runs;
using Loa.Bench.UnderTest;

// The power of a whole province comes back: when has every speaker proved its key and is known to hold what it should?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "speakers", "rounds");
        var rounds = given.Number("rounds", 5, 2);
        Place.Print("storm");
        var table = new Table(
            "speakers",
            "line",
            "all proved ms",
            "all in sync ms",
            "min",
            "max",
            "turned away",
            "server CPU ms",
            "server MiB"
        );
        var bars = new Bars();
        var sizes =
            given.Number("speakers", 0, 0) is > 0 and var one ? [(one, 2000)]
            : given.Quick ? new[] { (300, 1500) }
            : [(1661, 1500), (10_000, 2000)];
        var results = new List<(string What, double Figure, double Limit)>();
        var resumed = 0;
        foreach (var (speakers, limit) in sizes)
        foreach (var wire in Enum.GetValues<Wire>())
        {
            var found = await Cycle(speakers, rounds, wire);
            var synced = new Percentiles(found.Select(f => f.Synced));
            table.Row(
                speakers,
                Name(wire),
                new Percentiles(found.Select(f => f.Proved)).Median,
                synced.Median,
                synced.Minimum,
                synced.Maximum,
                found.Sum(f => f.TurnedAway),
                new Percentiles(found.Select(f => f.Cpu)).Median,
                found[^1].Mebibytes
            );
            if (wire == Wire.Tcp)
                results.Add(($"{speakers} speakers proved and in sync", synced.Median, limit));
            if (wire != Wire.ResumedTls)
                continue;
            results.Add(($"{speakers} speakers by TLS that goes on", synced.Median, 3 * limit));
            resumed = Math.Max(resumed, found[^1].Resumed);
        }
        Console.WriteLine(
            $"{rounds} power cycles each, median. The real server on SQLite in its own process; speakers are bare connections that do the"
        );
        Console.WriteLine(
            "whole greeting: CONNECT with will, proof (ECDSA over the server's fresh nonce; k, kG and k⁻¹ were prepared before), SUBSCRIBE, state."
        );
        Console.WriteLine(
            "In sync: the server's rows say online, this cycle's state, and the timetable version that is desired; looked at each 50 ms."
        );
        Console.WriteLine(
            "TLS 1.3: a whole handshake for each (P-256), of which the load side's half is paid on the same two cores; no bar."
        );
        Console.WriteLine(
            $"TLS goes on: with what the server gave the speaker on the connection before; it did so {resumed} times in all cycles of the last."
        );
        table.Print();
        await Peers(sizes[^1].Item1, rounds);
        foreach (var (what, figure, limit) in results)
            bars.AtMost(what, figure, limit, " ms");
        return bars.ExitCode;
    }
);

// Beside others only what all of them do: let in without proof, one session, two filters.
static async Task Peers(int clients, int rounds)
{
    await Peer.NeedBoth();
    var table = new Table("server", "line", "all back ms", "min", "max", "server CPU ms");
    foreach (var wire in Enum.GetValues<Wire>())
    foreach (var start in new Func<int, Wire, Task<Side>>[] { Side.Ours, Side.Nats, Side.Mosquitto, Side.MqttNet })
    {
        await using var side = await start(clients, wire);
        await side.Load.Ask($"connect 0 {clients}");
        var (back, cpu) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            await side.Load.Ask($"leave 0 {clients}");
            var before = ProcessFigures.Cpu(side.Process);
            back.Add(double.Parse(await side.Load.Ask($"connect 0 {clients}"), CultureInfo.InvariantCulture));
            cpu.Add((ProcessFigures.Cpu(side.Process) - before).TotalMilliseconds);
        }
        var found = new Percentiles(back);
        table.Row(side.Name, Name(wire), found.Median, found.Minimum, found.Maximum, new Percentiles(cpu).Median);
    }
    Console.WriteLine();
    Console.WriteLine(
        $"The MQTT server alone beside its peers: {clients} cut, and at once back, connected and subscribed; nobody proves anything."
    );
    table.Print();
}

static string Name(Wire wire) =>
    wire switch
    {
        Wire.Tcp => "TCP",
        Wire.Tls => "TLS",
        _ => "TLS goes on",
    };

static async Task<List<Found>> Cycle(int speakers, int rounds, Wire wire)
{
    await using var server = wire == Wire.Tcp ? await ServerProcess.Start() : await ServerProcess.StartWithTls();
    await using var crowd = SpeakerCrowd.Start(server.Mqtt, speakers, wire: wire);
    await ServerShow.Enrol(server, crowd);
    // The first time each is given its timetable; that is a first day, not a storm.
    await crowd.Ask("prepare");
    await crowd.Ask("connect 1");
    await crowd.Ask("stay 5");
    await server.Process.Ask($"synced {speakers} 1");
    var found = new List<Found>();
    for (var cycle = 2; cycle < rounds + 2; cycle++)
    {
        await crowd.Ask("prepare");
        await crowd.Ask("cut");
        await server.Process.Ask("online 0");
        var before = server.Process.Cpu;
        var connecting = crowd.Ask($"connect {cycle}");
        var synced = long.Parse(await server.Process.Ask($"synced {speakers} {cycle}"), CultureInfo.InvariantCulture);
        var told = (await connecting).Split(' ');
        found.Add(
            new(
                double.Parse(told[1], CultureInfo.InvariantCulture),
                Stopwatch.GetElapsedTime(long.Parse(told[0], CultureInfo.InvariantCulture), synced).TotalMilliseconds,
                int.Parse(told[2], CultureInfo.InvariantCulture),
                (server.Process.Cpu - before).TotalMilliseconds,
                ProcessFigures.Rss(server.Process.Id) / 1048576.0,
                int.Parse(await crowd.Ask("resumed"), CultureInfo.InvariantCulture)
            )
        );
    }
    return found;
}

/// <summary>One power cycle.</summary>
readonly record struct Found(double Proved, double Synced, int TurnedAway, double Cpu, double Mebibytes, int Resumed);
