using System.Globalization;
using Loa.Bench;
using Loa.Bench.Runs;

// A command to one of 10,000 idle, 2,000 of them a second, acknowledged: how long until the one has it?
return await Show.Run(
    args,
    async () =>
    {
        var given = new Given(args, "clients", "rounds", "rate", "seconds");
        var clients = given.Number("clients", 10_000, 1_000);
        var rounds = given.Number("rounds", 5, 2);
        var rate = given.Number("rate", 2_000, 2_000);
        var seconds = given.Number("seconds", 10, 3);
        const int Bytes = 600;
        Place.Print("command");

        await using var sides = await Sides.Start(clients, Side.MqttNet);
        var told = sides.All.ToDictionary(s => s.Name, _ => new List<double[]>());
        for (var round = 0; round <= rounds; round++)
            foreach (var side in sides.All.Where(s => told.ContainsKey(s.Name)))
            {
                // The first is for warming up.
                var length = round == 0 ? 2 : seconds;
                var before = ProcessFigures.Cpu(side.Process);
                var answer = (await side.Load.Ask($"paced {Bytes} {rate} {length}")).Split(' ');
                var used = (ProcessFigures.Cpu(side.Process) - before).TotalMicroseconds / rate / seconds;
                if (answer[0] != "short")
                {
                    if (round > 0)
                        told[side.Name]
                            .Add([.. answer.Select(t => double.Parse(t, CultureInfo.InvariantCulture)), used]);
                }
                else if (side == sides[0])
                    throw new TimeoutException($"Ours carried {answer[1]} of {rate * length} commands.");
                else
                {
                    // What it still has to send would be counted with the next round.
                    told.Remove(side.Name);
                    Console.WriteLine(
                        $"{side.Name} carried {answer[1]} of {rate * length} commands in round {round} and takes no further turn."
                    );
                }
            }

        Console.WriteLine(
            $"{rate} a second of {Bytes} B to random ones of {clients}, QoS 1 (nats has none), {rounds} rounds of {seconds} s in turn."
        );
        Console.WriteLine(
            "Counted from the moment a command was due, so a publisher held up counts too; median of rounds."
        );
        var table = new Table("server", "p50 ms", "p99 ms", "min", "max", "p99.9 ms", "worst ms", "CPU µs/command");
        foreach (var (name, runs) in told)
        {
            Percentiles Of(int column) => new(runs.Select(r => r[column]));
            var p99 = Of(2);
            table.Row(
                name,
                Of(1).Median,
                p99.Median,
                p99.Minimum,
                p99.Maximum,
                Of(3).Median,
                Of(4).Maximum,
                Of(5).Median
            );
        }
        table.Print();
        var bars = new Bars();
        double Median(string server, int column) => new Percentiles(told[server].Select(r => r[column])).Median;
        bars.AtMost("p99 of a command", Median("loa", 2), 10, " ms");
        bars.AtMost("p99 of a command over mosquitto's", Median("loa", 2) / Median("mosquitto", 2), 1);
        bars.AtMost("processor time of a command over mosquitto's", Median("loa", 5) / Median("mosquitto", 5), 2);
        return bars.ExitCode;
    }
);
