using System.Globalization;
using Loa.Bench;
using Loa.Bench.UnderTest;

// 18,000 speakers on one server process for ten minutes: is everything there that it said it had?
return await ServerShow.Run(
    args,
    async () =>
    {
        const int StateSeconds = 60;
        const int RecordSeconds = 120;
        var given = new Given(args, "speakers", "seconds");
        var speakers = given.Number("speakers", 18_000, 500);
        var seconds = given.Number("seconds", 600, 65);
        Place.Print("crowd");
        await using var server = await ServerProcess.Start();
        var empty = ProcessFigures.Pss(server.Process.Id);
        await using var crowd = SpeakerCrowd.Start(server.Mqtt, speakers);
        await ServerShow.Enrol(server, crowd);
        await crowd.Ask("prepare");
        var connected = (await crowd.Ask("connect 1")).Split(' ')[1];
        await crowd.Ask("stay 20");
        await server.Process.Ask($"synced {speakers} 1");

        var cpu = server.Process.Cpu;
        var answer = await crowd.Ask($"live {seconds} {StateSeconds} {RecordSeconds}");
        var used = server.Process.Cpu - cpu;
        var told = answer.Split(' ').Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        // What was acknowledged is what must be there; states are folded, so the last of each is looked for.
        await server.Process.Ask($"online {speakers}");
        var stored = (await Settled(server, told[3], told[4]))
            .Split(' ')
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture))
            .ToArray();
        var mebibytes = ProcessFigures.Pss(server.Process.Id) / 1048576.0;

        Console.WriteLine(
            $"{speakers} speakers for {seconds} s, each a state every {StateSeconds} s and a signed record every {RecordSeconds} s, QoS 1."
        );
        var table = new Table("", "figure");
        table.Row("all connected and proved after, ms", double.Parse(connected, CultureInfo.InvariantCulture));
        table.Row("messages sent", told[0]);
        table.Row("acknowledged by MQTT", told[1]);
        table.Row("records sent", told[2]);
        table.Row("records the server said it stored", told[3]);
        table.Row("records in its database", stored[0]);
        table.Row("sum of the last acknowledged states", told[4]);
        table.Row("sum of the states in its database", stored[2]);
        table.Row("connections lost", told[5]);
        table.Row("server CPU, share of one core", used.TotalSeconds / seconds);
        table.Row("server memory, MiB", mebibytes);
        table.Row("of that empty, MiB", empty / 1048576.0);
        table.Print();
        var bars = new Bars();
        bars.AtLeast("speakers connected", speakers, given.Quick ? 1 : 18_000);
        bars.AtMost("acknowledged records lost", told[3] - stored[0], 0);
        bars.AtMost("acknowledged states lost", told[4] - stored[2], 0);
        bars.AtMost("messages without an acknowledgement", told[0] - told[1], 0);
        bars.AtMost("connections lost", told[5], 0);
        return bars.ExitCode;
    }
);

// A state is acknowledged when it is taken in, and stored with the next batch.
static async Task<string> Settled(ServerUnderTest server, long records, long states)
{
    var answer = "";
    for (var i = 0; i < 40; i++)
    {
        answer = await server.Process.Ask("records");
        var now = answer.Split(' ');
        if (now[0] == $"{records}" && now[2] == $"{states}")
            break;
        await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
    }
    return answer;
}
