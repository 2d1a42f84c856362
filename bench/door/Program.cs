using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Runs;
using Loa.Bench.UnderTest;

// Strangers stand at the door and say nothing, at last with every socket they can hold: does a province of speakers still come in?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "strangers", "speakers", "all");
        var strangers = given.Number("strangers", 10_000, 2_000);
        var speakers = given.Number("speakers", 1_661, 300);
        // What one process may hold open on many machines, at each door.
        var all = given.Number("all", 19_500, 3_000);
        Place.Print("door");
        await using var server = await ServerProcess.Start();
        await using var crowd = SpeakerCrowd.Start(server.Mqtt, speakers);
        await ServerShow.Enrol(server, crowd);
        await crowd.Ask("prepare");
        await crowd.Ask("connect 1");
        await crowd.Ask("stay 5");

        var (cycle, keptOut) = (2, 0);
        var table = new Table("at the door", "shown out", "speakers in", "all proved ms", "all in sync ms");
        Row("nobody", 0, await PowerCycle(server, crowd, speakers, cycle));
        foreach (var manner in StrangerDialect.Manners)
        {
            cycle++;
            await using var army = Strangers.Start(server.Mqtt, strangers, manner);
            await army.Ask("come");
            var staying = army.Ask("stay 15");
            var came = await PowerCycle(server, crowd, speakers, cycle);
            Row($"{strangers}, {manner}", int.Parse(await staying, CultureInfo.InvariantCulture), came);
            keptOut = Math.Max(keptOut, speakers - came.In);
        }
        var full = await BothDoorsFull(server, crowd, speakers, all, ++cycle);
        Row($"{all} at both doors, all they can hold", full.ShownOut, full.Came);
        keptOut = Math.Max(keptOut, speakers - full.Came.In);
        Console.WriteLine(
            $"All {speakers} speakers power-cycle while strangers from 250 addresses hold connections that are not let in; who is shown out"
        );
        Console.WriteLine("comes again at once. The real server in its own process, plain TCP, one cycle each.");
        table.Print();
        Console.WriteLine(
            $"While both doors were full the server held {full.Held} descriptors; an officer asked for {full.Pages.Taken.Count} pages, {full.Pages.Failed} did not come."
        );
        var bars = new Bars();
        bars.AtMost("speakers kept out", keptOut, 0);
        bars.AtMost("pages that did not come while both doors were full", full.Pages.Failed, 0);
        bars.AtMost("a page while both doors were full, p95", full.Pages.Taken.At(0.95), 500, " ms");
        return bars.ExitCode;

        void Row(string who, int shownOut, Came came) => table.Row(who, shownOut, came.In, came.Proved, came.InSync);
    }
);

static async Task<Full> BothDoorsFull(ServerUnderTest server, Child crowd, int speakers, int all, int cycle)
{
    using var officer = await server.SignIn("tinh.bientap");
    await using var atMqtt = Strangers.Start(server.Mqtt, all, StrangerDialect.Mute);
    await using var atHttp = Strangers.Start(server.Http, all, StrangerDialect.HalfRequest);
    using var over = new CancellationTokenSource();
    var pages = new Pages(officer);
    Task<string>[] pressing = [atMqtt.Ask("press 60"), atHttp.Ask("press 60")];
    // First they take what there is; then the power comes back.
    await crowd.Ask("stay 15");
    var looking = pages.Look(over.Token);
    var came = await PowerCycle(server, crowd, speakers, cycle);
    var held = ProcessFigures.Files(server.Process.Id);
    var shown = await Task.WhenAll(pressing);
    await over.CancelAsync();
    await looking;
    return new(shown.Sum(s => int.Parse(s, CultureInfo.InvariantCulture)), came, pages, held);
}

static async Task<Came> PowerCycle(ServerUnderTest server, Child crowd, int speakers, int cycle)
{
    await crowd.Ask("prepare");
    await crowd.Ask("cut");
    await server.Process.Ask("online 0");
    var connecting = crowd.Ask($"connect {cycle}");
    try
    {
        var synced = long.Parse(await server.Process.Ask($"synced {speakers} {cycle}"), CultureInfo.InvariantCulture);
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

/// <summary>How it went while strangers held all they could at both doors.</summary>
sealed record Full(int ShownOut, Came Came, Pages Pages, int Held);
