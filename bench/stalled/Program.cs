using System.Globalization;
using Loa.Bench;
using Loa.Bench.Runs;

// 5 % of the speakers stop reading while live sound goes to all: what do the others feel of it?
return await Show.Run(
    args,
    async () =>
    {
        const int FrameMilliseconds = 200;
        const int Bytes = 1_000;
        var given = new Given(args, "clients", "rounds", "seconds");
        var clients = given.Number("clients", 5_000, 1_000);
        var rounds = given.Number("rounds", 3, 1);
        // The kernel's buffer takes some 17 s of frames, and 30 s later a stalled connection is cut: cutting and coming back is in it.
        var seconds = given.Number("seconds", 75, 8);
        Place.Print("stalled");

        var runs = new List<(double[] Well, double[] Stalled)>();
        for (var round = 0; round < rounds; round++)
        {
            await using var side = await Side.Ours(clients);
            await side.Load.Ask($"connect 0 {clients}");
            await side.Load.Ask($"frames {Bytes} {FrameMilliseconds} 3");
            var well = Read(await side.Load.Ask($"frames {Bytes} {FrameMilliseconds} {seconds}"));
            await side.Load.Ask($"deafen {clients / 20}");
            var stalled = Read(await side.Load.Ask($"frames {Bytes} {FrameMilliseconds} {seconds}"));
            runs.Add((well, stalled));
        }

        Console.WriteLine(
            $"A frame of {Bytes} B each {FrameMilliseconds} ms to {clients}; then 5 % ({clients / 20}) read nothing any more, are cut after a while, come back and stall again."
        );
        Console.WriteLine(
            $"{rounds} rounds of twice {seconds} s; delay of each frame at each of those who read, from the moment it was due; median of rounds."
        );
        var table = new Table("", "frames heard", "of", "p50 ms", "p99 ms", "p99.9 ms", "worst ms", "cut");
        Tell(table, "all read", [.. runs.Select(r => r.Well)]);
        Tell(table, "5 % stalled", [.. runs.Select(r => r.Stalled)]);
        table.Print();
        var bars = new Bars();
        bars.AtMost(
            "added p99",
            new Percentiles(runs.Select(r => r.Stalled[2] - r.Well[2])).Median,
            FrameMilliseconds,
            " ms"
        );
        bars.AtLeast("share of frames heard by those who read", runs.Min(r => r.Stalled[0] / r.Stalled[5]), 0.999);
        return bars.ExitCode;
    }
);

static void Tell(Table table, string name, double[][] runs)
{
    double Of(int column) => new Percentiles(runs.Select(r => r[column])).Median;
    table.Row(name, Of(0), Of(5), Of(1), Of(2), Of(3), Of(4), Of(6));
}

static double[] Read(string answer) =>
    [.. answer.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
