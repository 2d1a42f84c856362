using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Peers;
using Loa.Bench.Runs;
using Loa.Bench.Siege;
using Loa.Bench.UnderTest;
using Loa.Kernel;
using Loa.Server.Demo;

// Everybody who means harm does it at once, and the database dies on top: is the province still heard?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "minutes", "speakers", "strangers");
        var minutes = given.Number("minutes", 10, 2);
        var speakers = given.Number("speakers", 1_661, 300);
        var strangers = given.Number("strangers", 9_500, 1_500);
        await Peer.Need("/usr/lib/postgresql/*/bin/initdb=postgresql");
        Place.Print("siege");
        Words.Add(typeof(Province).Assembly);
        await using var database = await Database.Start();
        await using var server = await ServerProcess.Start($"--ConnectionStrings:Postgres={database.Connection}");
        var password = (await File.ReadAllTextAsync(Path.Combine(server.Folder, "demo-password"))).Trim();
        using var province = new Province(server.Web, password);
        await using var real = await Defenders.Real(server, province);
        await using var crowd = SpeakerCrowd.Start(server.Mqtt, speakers);
        await using var thief = SpeakerCrowd.Start(server.Mqtt, 1);
        foreach (var some in new[] { crowd, thief })
        {
            await ServerShow.Enrol(server, some);
            await some.Ask("prepare");
            await some.Ask("connect 1");
        }
        var emergency = await Emergency.Approve(province);
        using var officer = await server.SignIn("tinh.bientap");
        using var author = await server.SignIn("loctan.bientap");
        using var leader = new KnownBrowser(server.Web, "tinh.duyet", password);
        if (!await leader.SignIn())
            throw new IOException("The leader cannot sign in, in peace.");

        using var over = new CancellationTokenSource();
        await using var atMqtt = Strangers.Start(server.Mqtt, strangers, StrangerDialect.Mute);
        await using var atHttp = Strangers.Start(server.Http, strangers, StrangerDialect.HalfRequest);
        var (seconds, pages) = (minutes * 60, new Pages(officer));
        var rain = new PasswordRain(server.Web, "tinh.duyet", 20);
        var previews = new Previews(author, 56);
        Task<string>[] pressing =
        [
            atMqtt.Ask($"press {seconds}"),
            atHttp.Ask($"press {seconds}"),
            thief.Ask($"flood {seconds} 500"),
        ];
        Task[] besieging = [rain.Fall(over.Token), previews.Ask(over.Token), pages.Look(over.Token)];

        var table = new Table(
            "minute",
            "database",
            "told",
            "last told ms",
            "of it code made ms",
            "lines lost",
            "online",
            "in sync",
            "leader in"
        );
        var (told, ordered) = (new List<double>(), new List<Guid>());
        var (lost, absent, keptOut) = (0, 0, 0);
        for (var minute = 1; minute <= minutes; minute++)
        {
            var living = crowd.Ask("live 50 60 120");
            var dies = minute % 4 == 3 || (given.Quick && minute == 2);
            if (dies)
                await database.Restart();
            var isIn = await leader.SignIn();
            keptOut += isIn ? 0 : 1;
            var compiled = int.Parse(await server.Process.Ask("compiled"), CultureInfo.InvariantCulture);
            var began = Stopwatch.GetTimestamp();
            ordered.Add(await emergency.Order());
            compiled = int.Parse(await server.Process.Ask("compiled"), CultureInfo.InvariantCulture) - compiled;
            var gone = int.Parse((await living).Split(' ')[5], CultureInfo.InvariantCulture);
            var answer = (await crowd.Ask($"told {ordered[^1]}")).Split(' ');
            var last = Stopwatch.GetElapsedTime(began, long.Parse(answer[1], CultureInfo.InvariantCulture));
            told.Add(last.TotalMilliseconds);
            absent += speakers - int.Parse(answer[0], CultureInfo.InvariantCulture);
            lost += gone;
            table.Row(
                minute,
                dies ? "killed" : "",
                answer[0],
                last.TotalMilliseconds,
                compiled,
                gone,
                await server.Process.Ask("present"),
                await server.Process.Ask("held"),
                isIn ? "yes" : "no"
            );
        }
        var shown = await Task.WhenAll(pressing);
        await over.CancelAsync();
        await Task.WhenAll(besieging);
        var unheard = 0;
        foreach (var broadcast in ordered)
            unheard += real.Count - await emergency.Heard(broadcast);

        Console.WriteLine(
            $"{2 * strangers} strangers at both doors, shown out {shown[0]} and {shown[1]} times; a stolen key told {shown[2].Split(' ')[0]} plays;"
        );
        Console.WriteLine(
            $"{rain.Sent} wrong passwords; {previews.Refused} of an author's previews refused; {pages.Taken.Count} pages asked, {pages.Failed} without a page."
        );
        table.Print();
        var bars = new Bars();
        bars.AtMost("an emergency at the last speaker", told.Max(), 2000, " ms");
        bars.AtMost("speakers not told of an emergency", absent, 0);
        bars.AtMost($"of {real.Count} real speakers, plays not heard", unheard, 0);
        bars.AtMost("honest lines lost", lost, 0);
        bars.AtMost("officers' pages, p95", pages.Taken.At(0.95), 500, " ms");
        bars.AtMost("times the leader was kept out", keptOut, 0);
        return bars.ExitCode;
    }
);
