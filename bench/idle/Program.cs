using Loa.Bench;
using Loa.Bench.Load;
using Loa.Bench.Peers;
using Loa.Bench.Runs;

// What does a silent speaker cost in memory: its connection, its session and its subscription, over the empty server?
return await Show.Run(
    args,
    async () =>
    {
        var given = new Given(args, "clients", "rounds");
        var clients = given.Number("clients", 10_000, 2_000);
        var rounds = given.Number("rounds", 3, 1);
        // So many come and go first: the code of the first connection is not the memory of each.
        const int Before = 500;
        await Peer.NeedBoth();
        Place.Print("idle");

        var servers = new Func<int, Wire, Task<Side>>[] { Side.Ours, Side.Nats, Side.Mosquitto, Side.MqttNet };
        var kinds = new[] { Wire.Tcp, Wire.Tls }.SelectMany(wire => servers.Select(start => (wire, start))).ToList();
        var found = new OrderedDictionary<string, List<Memory>>();
        for (var round = 0; round < rounds; round++)
            foreach (var (wire, start) in kinds)
            {
                await using var side = await start(clients, wire);
                var name = wire == Wire.Tcp ? side.Name : $"{side.Name} by TLS";
                found.TryAdd(name, []);
                found[name].Add(await Measure(side, clients, Before));
            }

        Console.WriteLine(
            $"{clients} connections, each with a session and two filters; {rounds} rounds in turn, median; bytes a connection over the same server"
        );
        Console.WriteLine(
            $"after {Before} had come and gone. Pss of the server's process; those of .NET also after a forced collection (the bar's figure)."
        );
        Console.WriteLine("Kernel: socket structures and buffers of both ends on this machine, halved.");
        var table = new Table("server", "collected B", "min", "max", "as it stands B", "kernel B", "empty MiB");
        foreach (var (name, runs) in found)
        {
            var collected = new Percentiles(runs.Select(r => r.Collected));
            table.Row(
                name,
                collected.Median,
                collected.Minimum,
                collected.Maximum,
                new Percentiles(runs.Select(r => r.AsItStands)).Median,
                new Percentiles(runs.Select(r => r.Kernel)).Median,
                new Percentiles(runs.Select(r => r.Empty / 1048576)).Median
            );
        }
        table.Print();
        var bars = new Bars();
        bars.AtMost(
            "memory of an idle connection",
            new Percentiles(found["loa"].Select(r => r.Collected)).Median,
            4096,
            " B"
        );
        bars.AtMost(
            "memory of an idle connection by TLS over mosquitto's",
            new Percentiles(found["loa by TLS"].Select(r => r.Collected)).Median
                / new Percentiles(found["mosquitto by TLS"].Select(r => r.Collected)).Median,
            1
        );
        return bars.ExitCode;
    }
);

static async Task<Memory> Measure(Side side, int clients, int before)
{
    await side.Load.Ask($"connect 0 {before}");
    await side.Load.Ask($"leave 0 {before}");
    await Settle(side);
    await Collect(side);
    var empty = ProcessFigures.Pss(side.Process);
    var kernel = Kernel();
    await side.Load.Ask($"connect 0 {clients}");
    await Settle(side);
    var asItStands = ProcessFigures.Pss(side.Process);
    await Collect(side);
    var collected = ProcessFigures.Pss(side.Process);
    return new(
        empty,
        (double)(collected - empty) / clients,
        (double)(asItStands - empty) / clients,
        (Kernel() - kernel) / 2.0 / clients
    );
}

static async Task Collect(Side side)
{
    if (side.Own is { } own)
        await own.Ask("gc");
}

// Until the memory stops changing.
static async Task Settle(Side side)
{
    var last = 0L;
    for (var i = 0; i < 20; i++)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        var now = ProcessFigures.Pss(side.Process);
        if (Math.Abs(now - last) < 64 * 1024)
            return;
        last = now;
    }
}

static long Kernel() => ProcessFigures.TcpBuffers() + ProcessFigures.KernelStructures();

/// <summary>Bytes of the empty server, and bytes a connection on top.</summary>
readonly record struct Memory(double Empty, double Collected, double AsItStands, double Kernel);
