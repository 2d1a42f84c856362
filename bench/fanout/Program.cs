using System.Globalization;
using Loa.Bench;
using Loa.Bench.Runs;

// The same message to 10,000 who listen: when has the last one got it, and what does each delivery cost?
return await Show.Run(
    args,
    async () =>
    {
        var given = new Given(args, "clients", "rounds", "messages");
        var clients = given.Number("clients", 10_000, 1_000);
        var rounds = given.Number("rounds", 7, 2);
        var messages = given.Number("messages", 10, 5);
        Place.Print("fanout");

        await using var sides = await Sides.Start(clients);
        // Ours in the two ways the gateway has: to a list of names, and to whoever subscribed.
        var turns = new[]
        {
            new Turn("loa Send", sides[0], OwnServer.ToAll),
            new Turn("nats-server", sides[1], "heard/all"),
            new Turn("loa Publish", sides[0], "heard/all"),
            new Turn("mosquitto", sides[2], "heard/all"),
        };
        var table = new Table("server", "bytes", "last ms", "min", "max", "CPU µs/delivery", "min", "max");
        var bars = new List<(string What, double Figure, double Limit)>();
        foreach (var size in new[] { 200, 4096 })
        {
            foreach (var turn in turns)
                await turn.Side.Load.Ask($"fan {size} {messages} {turn.Topic}");
            for (var round = 0; round < rounds; round++)
                foreach (var turn in turns)
                    await turn.Play(size, messages, clients);
            foreach (var turn in turns)
                turn.Tell(table, size);
            bars.Add(($"last receiver, {size} B, ours ÷ nats", Ratio(turns[0].Last, turns[1].Last), 0.8));
            bars.Add(($"last receiver, {size} B, ours ÷ mosquitto", Ratio(turns[0].Last, turns[3].Last), 0.4));
            bars.Add(($"CPU per delivery, {size} B, ours ÷ nats", Ratio(turns[0].Cpu, turns[1].Cpu), 0.8));
            foreach (var turn in turns)
                turn.Forget();
        }

        Console.WriteLine(
            $"{clients} receivers, {rounds} rounds in turn of {messages} messages; median of the rounds' medians."
        );
        table.Print();
        var judged = new Bars();
        foreach (var (what, figure, limit) in bars)
            judged.AtMost(what, figure, limit);
        return judged.ExitCode;
    }
);

static double Ratio(List<double> ours, List<double> theirs) =>
    new Percentiles(ours).Median / new Percentiles(theirs).Median;

/// <summary>One server's place in the order of turns, and what its turns gave.</summary>
sealed class Turn(string name, Side side, string topic)
{
    public Side Side => side;

    public string Topic => topic;

    public List<double> Last { get; } = [];

    public List<double> Cpu { get; } = [];

    public async Task Play(int size, int messages, int clients)
    {
        var before = ProcessFigures.Cpu(side.Process);
        var answer = await side.Load.Ask($"fan {size} {messages} {topic}");
        var used = ProcessFigures.Cpu(side.Process) - before;
        Last.Add(new Percentiles(answer.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture))).Median);
        Cpu.Add(used.TotalMicroseconds / messages / clients);
    }

    public void Tell(Table table, int size)
    {
        var (last, cpu) = (new Percentiles(Last), new Percentiles(Cpu));
        table.Row(name, size, last.Median, last.Minimum, last.Maximum, cpu.Median, cpu.Minimum, cpu.Maximum);
    }

    public void Forget()
    {
        Last.Clear();
        Cpu.Clear();
    }
}
