using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.UnderTest;

// A province grows old: does an emergency wait for what its speakers ever played?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "speakers", "items", "rounds", "postgres");
        var speakers = given.Number("speakers", 1_531, 300);
        var items = given.Number("items", 60, 6);
        var rounds = given.Number("rounds", 7, 3);
        Place.Print("years");
        var table = new Table("database", "plays", "first told ms", "last told ms", "all stored ms", "min", "max");
        var bars = new Bars();
        var postgres = given.Word("postgres", Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES") ?? "");
        foreach (var server in postgres.Length > 0 ? new[] { "", postgres } : [""])
        {
            var name = server.Length > 0 ? "PostgreSQL" : "SQLite";
            var found = await Grow(server, speakers, items, rounds, (plays, seen) => Row(name, plays, seen));
            Judge(name, "last told", found, f => f.Last);
            Judge(name, "all stored", found, f => f.Stored);
        }
        Console.WriteLine(
            $"Orders of an emergency to {speakers} connected speakers, {rounds} at each size, median; the real server in its own"
        );
        Console.WriteLine(
            "process. Told: the timetable is on the load side's wire; stored: the server's rows promise it to all."
        );
        table.Print();
        return bars.ExitCode;

        void Row(string name, long plays, List<Found> seen)
        {
            var stored = new Percentiles(seen.Select(f => f.Stored));
            table.Row(
                name,
                plays,
                new Percentiles(seen.Select(f => f.First)).Median,
                new Percentiles(seen.Select(f => f.Last)).Median,
                stored.Median,
                stored.Minimum,
                stored.Maximum
            );
        }

        // From the youngest to the oldest: two decades of ten.
        void Judge(string name, string what, List<List<Found>> found, Func<Found, double> figure)
        {
            var (young, old) = (Median(found[0], figure), Median(found[^1], figure));
            var exponent = Math.Log10(old / young) / (found.Count - 1);
            bars.AtMost($"{name}, {what}: exponent of its growth with history", Math.Max(0, exponent), 0.1);
        }
    }
);

static double Median(IEnumerable<Found> found, Func<Found, double> figure) =>
    new Percentiles(found.Select(figure)).Median;

static async Task<List<List<Found>>> Grow(
    string postgres,
    int speakers,
    int items,
    int rounds,
    Action<long, List<Found>> tell
)
{
    await using var database = await ShowDatabase.Make(postgres, "years");
    await using var server = await ServerProcess.Start([.. database.Arguments]);
    await using var crowd = SpeakerCrowd.Start(server.Mqtt, speakers);
    await ServerShow.Enrol(server, crowd);
    await crowd.Ask("prepare");
    await crowd.Ask("connect 1");
    await crowd.Ask("stay 5");
    // What is compiled with the first order is paid by nobody that is counted.
    await Order(server, crowd, speakers);
    var (found, written) = (new List<List<Found>>(), 0);
    foreach (var times in new[] { 1, 10, 100 })
    {
        var writing = server.Process.Ask($"history {written + 1} {(items * times) - written}");
        // Who says nothing for that long would be cut.
        do await crowd.Ask("stay 3");
        while (!writing.IsCompleted);
        await writing;
        written = items * times;
        var seen = new List<Found>();
        for (var round = 0; round < rounds; round++)
            seen.Add(await Order(server, crowd, speakers));
        tell((long)written * speakers, seen);
        found.Add(seen);
    }
    return found;
}

static async Task<Found> Order(ServerUnderTest server, Loa.Bench.Runs.Child crowd, int speakers)
{
    var hearing = crowd.Ask($"hear {speakers} 120");
    var ordered = (await server.Process.Ask("order")).Split(' ');
    var began = long.Parse(ordered[0], CultureInfo.InvariantCulture);
    var stored = long.Parse(
        await server.Process.Ask($"promised {ordered[1]} {speakers}"),
        CultureInfo.InvariantCulture
    );
    var heard = (await hearing).Split(' ').Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
    return new(Since(began, heard[0]), Since(began, heard[1]), Since(began, stored));

    static double Since(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}

/// <summary>One order, in milliseconds after it.</summary>
readonly record struct Found(double First, double Last, double Stored);
