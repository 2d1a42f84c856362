using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Runs;
using Loa.Bench.Town;

// Ten thousand strangers stand at the door and say nothing: does a province of speakers still come in?
return await TownShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "strangers", "speakers");
        var strangers = given.Number("strangers", 10_000, 2_000);
        var speakers = given.Number("speakers", 1_661, 300);
        Place.Print("door");
        await using var town = await TownServer.Start();
        await using var crowd = SpeakerCrowd.Start(town.Mqtt, speakers);
        await TownShow.Enrol(town, crowd);
        await crowd.Ask("prepare");
        await crowd.Ask("connect 1");
        await crowd.Ask("stay 5");

        var (cycle, keptOut) = (2, 0);
        var table = new Table("at the door", "shown out", "speakers in", "all proved ms", "all in sync ms");
        Row("nobody", 0, await PowerCycle(town, crowd, speakers, cycle));
        foreach (var manner in StrangerDialect.Manners)
        {
            cycle++;
            await using var army = Strangers.Start(town.Mqtt, strangers, manner);
            await army.Ask("come");
            var staying = army.Ask("stay 15");
            var came = await PowerCycle(town, crowd, speakers, cycle);
            Row($"{strangers}, {manner}", int.Parse(await staying, CultureInfo.InvariantCulture), came);
            keptOut = Math.Max(keptOut, speakers - came.In);
        }
        Console.WriteLine(
            $"All {speakers} speakers power-cycle while strangers from 250 addresses hold connections that are not let in; who is shown out"
        );
        Console.WriteLine("comes again at once. The real server in its own process, plain TCP, one cycle each.");
        table.Print();
        var bars = new Bars();
        bars.AtMost("speakers kept out", keptOut, 0);
        return bars.ExitCode;

        void Row(string who, int shownOut, Came came) => table.Row(who, shownOut, came.In, came.Proved, came.InSync);
    }
);

static async Task<Came> PowerCycle(RunningTown town, Child crowd, int speakers, int cycle)
{
    await crowd.Ask("prepare");
    await crowd.Ask("cut");
    await town.Process.Ask("online 0");
    var connecting = crowd.Ask($"connect {cycle}");
    try
    {
        var synced = long.Parse(await town.Process.Ask($"synced {speakers} {cycle}"), CultureInfo.InvariantCulture);
        var told = (await connecting).Split(' ');
        var began = long.Parse(told[0], CultureInfo.InvariantCulture);
        return new(
            speakers,
            double.Parse(told[1], CultureInfo.InvariantCulture),
            Stopwatch.GetElapsedTime(began, synced).TotalMilliseconds
        );
    }
    catch (IOException late)
    {
        Console.Error.WriteLine(late.Message);
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new(int.Parse(await crowd.Ask("ready"), CultureInfo.InvariantCulture), double.NaN, double.NaN);
    }
}

/// <summary>How many came in, and after how many milliseconds the last had proved its key and was in sync.</summary>
readonly record struct Came(int In, double Proved, double InSync);
