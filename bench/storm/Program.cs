using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Town;

// The power of a whole province comes back: when has every speaker proved its key and is known to hold what it should?
return await TownShow.Run(
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
            given.Number("speakers", 0, 0) is > 0 and var one ? [(one, 4000)]
            : given.Quick ? new[] { (300, 1500) }
            : [(1661, 1500), (10_000, 4000)];
        var results = new List<(int Speakers, double Figure, double Limit)>();
        foreach (var (speakers, limit) in sizes)
        foreach (var tls in new[] { false, true })
        {
            var found = await Cycle(speakers, rounds, tls);
            var synced = new Percentiles(found.Select(f => f.Synced));
            table.Row(
                speakers,
                tls ? "TLS" : "TCP",
                new Percentiles(found.Select(f => f.Proved)).Median,
                synced.Median,
                synced.Minimum,
                synced.Maximum,
                found.Sum(f => f.TurnedAway),
                new Percentiles(found.Select(f => f.Cpu)).Median,
                found[^1].Mebibytes
            );
            if (!tls)
                results.Add((speakers, synced.Median, limit));
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
        table.Print();
        foreach (var (speakers, figure, limit) in results)
            bars.AtMost($"{speakers} speakers proved and in sync", figure, limit, " ms");
        return bars.ExitCode;
    }
);

static async Task<List<Found>> Cycle(int speakers, int rounds, bool tls)
{
    await using var town = tls ? await TownServer.StartWithTls() : await TownServer.Start();
    await using var crowd = SpeakerCrowd.Start(town.Mqtt, speakers, tls: tls);
    await TownShow.Enrol(town, crowd);
    // The first time each is given its timetable; that is a first day, not a storm.
    await crowd.Ask("prepare");
    await crowd.Ask("connect 1");
    await crowd.Ask("stay 5");
    await town.Process.Ask($"synced {speakers} 1");
    var found = new List<Found>();
    for (var cycle = 2; cycle < rounds + 2; cycle++)
    {
        await crowd.Ask("prepare");
        await crowd.Ask("cut");
        await town.Process.Ask("online 0");
        var before = town.Process.Cpu;
        var connecting = crowd.Ask($"connect {cycle}");
        var synced = long.Parse(await town.Process.Ask($"synced {speakers} {cycle}"), CultureInfo.InvariantCulture);
        var told = (await connecting).Split(' ');
        found.Add(
            new(
                double.Parse(told[1], CultureInfo.InvariantCulture),
                Stopwatch.GetElapsedTime(long.Parse(told[0], CultureInfo.InvariantCulture), synced).TotalMilliseconds,
                int.Parse(told[2], CultureInfo.InvariantCulture),
                (town.Process.Cpu - before).TotalMilliseconds,
                ProcessFigures.Rss(town.Process.Id) / 1048576.0
            )
        );
    }
    return found;
}

/// <summary>One power cycle.</summary>
readonly record struct Found(double Proved, double Synced, int TurnedAway, double Cpu, double Mebibytes);
