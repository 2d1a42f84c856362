using Loa.Bench;
using Loa.Bench.MassEnrolment;
using Loa.Bench.Runs;
using Loa.Bench.UnderTest;

// 21,000 loudspeaker clusters, each the whole software of a speaker with a key and a disk of its own, are switched on for the
// first time: do all get in, and do they stay?
return await ServerShow.Run(
    args,
    async () =>
    {
        // Two servers, for one process may hold 20,000 files open on many machines.
        const int Servers = 2;
        var given = new Given(args, "speakers", "processes", "seconds");
        var speakers = given.Number("speakers", 21_000, 400) / Servers;
        var processes = given.Number("processes", 6, 4) / Servers;
        var seconds = given.Number("seconds", 300, 20);
        Place.Print("mass-enrolment");
        var camps = new List<Camp>();
        for (var i = 0; i < Servers; i++)
            camps.Add(new Camp(await ServerProcess.Start("--Enrolment:Waiting=1000000"), speakers, processes));
        foreach (var camp in camps)
            await camp.Expect();

        var began = TimeProvider.System.GetTimestamp();
        foreach (var camp in camps)
            camp.SwitchOn();
        var came = new List<double>();
        foreach (var camp in camps)
            came.Add(await camp.AllCome(began));
        var cpu = camps.Sum(camp => camp.Server.Process.Cpu.TotalSeconds);
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        cpu = camps.Sum(camp => camp.Server.Process.Cpu.TotalSeconds) - cpu;
        var online = 0;
        foreach (var camp in camps)
            online += await camp.Online();
        var mebibytes = camps.Sum(camp => ProcessFigures.Pss(camp.Server.Process.Id)) / 1048576.0;
        var figures = new Dictionary<string, double[]>();
        foreach (var camp in camps)
        foreach (var (what, values) in await camp.SwitchOff())
            figures[what] = [.. figures.GetValueOrDefault(what, []), .. values];
        foreach (var camp in camps)
            await camp.Server.DisposeAsync();

        Console.WriteLine(
            $"{Servers} servers, {speakers} speakers each in {processes} processes; listed beforehand, claimed by their keys."
        );
        var table = new Table("", "figure");
        table.Row("listed with their keys and signed, s", camps.Max(camp => camp.Listed.TotalSeconds));
        table.Row("all claimed, proved and online, s", came.Max());
        table.Row("online at the end", online);
        table.Row($"both servers' CPU while {seconds} s passed, share of one core", cpu / seconds);
        table.Row("both servers' memory, MiB", mebibytes);
        table.Print();
        var took = new Table("ms", "number", "p50", "p95", "p99", "most");
        foreach (var (what, values) in figures)
        {
            var sorted = new Percentiles(values);
            took.Row(what, values.Length, sorted.Median, sorted.At(0.95), sorted.At(0.99), sorted.Maximum);
        }
        took.Print();
        var bars = new Bars();
        bars.AtLeast("speakers online at once", online, given.Quick ? speakers * Servers : 20_001);
        bars.AtMost("speakers not online at the end", (speakers * Servers) - online, 0);
        return bars.ExitCode;
    }
);
