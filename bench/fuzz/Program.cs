using Loa.Bench;
using Loa.Bench.Fuzz;
using Loa.Bench.UnderTest;

// Nonsense in every form, to the gateway and to speakers: nothing breaks, nothing grows, the honest are served all the while.
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "seconds", "seed", "part");
        var seconds = given.Number("seconds", 600, 20);
        var seed = given.Number("seed", 20260302, 20260302);
        var part = given.Word("part", "both");
        // What a heap may have more at the end than after a third of the time; speakers cannot be told to collect.
        const double HeapMebibytes = 8;
        const double FleetMebibytes = 48;
        Place.Print("fuzz");
        var bars = new Bars();
        var judge = new List<Action>();
        var table = new Table($"seed {seed}, {seconds} s each", "figure");
        if (part != "speaker")
        {
            var gateway = await Gateway.Run(seconds, seed);
            table.Row("gateway: hostile connections (half proved first)", gateway.Connections);
            table.Row("gateway: packets spoiled", gateway.Packets);
            table.Row("gateway: messages of 60 honest speakers", gateway.HonestSent);
            table.Row("gateway: MiB of heap, collected, after a third", gateway.HeapThird);
            table.Row("gateway: MiB of heap, collected, at the end", gateway.HeapEnd);
            table.Row("gateway: lies told with a stolen speaker's key", gateway.Lies);
            table.Row("gateway: of them kept as records", gateway.LiesStored);
            judge.Add(() => bars.AtMost("gateway: faults of its own", gateway.Faults, 0));
            judge.Add(() => bars.AtLeast("gateway: lies told", gateway.Lies, 10));
            judge.Add(() => bars.AtMost("gateway: plays made of lies", gateway.PlaysOfLies, 0));
            judge.Add(() => bars.AtMost("gateway: lies kept", gateway.LiesStored, 2_100 + (seconds / 15) + 1));
            judge.Add(() => bars.AtMost("gateway: honest messages without an answer", gateway.HonestUnanswered, 0));
            judge.Add(() => bars.AtMost("gateway: honest connections lost", gateway.HonestLost, 0));
            judge.Add(() => bars.AtMost("gateway: growth", gateway.HeapEnd - gateway.HeapThird, HeapMebibytes, " MiB"));
        }
        if (part != "gateway")
        {
            var speakers = await Speakers.Run(seconds, seed);
            table.Row("speakers: hostile messages to 40", speakers.Messages);
            table.Row("speakers: server packets spoiled", speakers.Spoiled);
            table.Row("speakers: connections", speakers.Connections);
            table.Row("speakers: of 40 that took a good timetable within a minute", speakers.InSync.AtOnce);
            table.Row("speakers: MiB of 40 in one process after a third", speakers.MemoryThird);
            table.Row("speakers: MiB of 40 in one process at the end", speakers.MemoryEnd);
            judge.Add(() => bars.AtLeast("speakers: took a good timetable afterwards", speakers.InSync.Later, 40));
            judge.Add(() => bars.AtMost("speakers: exit code of their process", speakers.ExitCode, 0));
            judge.Add(() =>
                bars.AtMost("speakers: growth", speakers.MemoryEnd - speakers.MemoryThird, FleetMebibytes, " MiB")
            );
        }
        table.Print();
        judge.ForEach(bar => bar());
        return bars.ExitCode;
    }
);
