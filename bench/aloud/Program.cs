using Loa.Bench;
using Loa.Bench.Aloud;
using Loa.Bench.UnderTest;

// An officer listens to what he has written, changes a word and listens again: how long does he wait, and how does it sound?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "rounds");
        var rounds = given.Number("rounds", 7, 2);
        Place.Print("aloud");
        await using var server = await ServerProcess.Start();
        using var author = await server.SignIn("loctan.bientap");
        var desk = new WritingDesk(author);
        // The first pays for what is compiled with it.
        await desk.Listen(Texts.Of(1)[0].Text);

        var bars = new Bars();
        var table = new Table("text", "first sound ms", "whole ms", "one word changed ms", "max", "told/real %");
        var heard = new List<ListenFigures>();
        foreach (var text in Enumerable.Range(2, rounds).SelectMany(Texts.Of).GroupBy(t => t.Name))
        {
            var taken = new List<ListenTimes>();
            foreach (var (_, written) in text)
            {
                taken.Add(await desk.Take(written));
                heard.Add(await desk.Hear(written));
            }
            var (first, changed) = (Of(taken, t => t.First), Of(taken, t => t.Changed));
            var off = taken.MaxBy(t => Math.Abs(t.Told / t.Real - 1))!;
            table.Row(
                text.Key,
                first.Median,
                Of(taken, t => t.Whole).Median,
                changed.Median,
                changed.Maximum,
                100 * off.Told / off.Real
            );
            bars.AtMost($"{text.Key}: first sound, slowest", first.Maximum / 1000, 1.5, " s");
            bars.AtMost($"{text.Key}: one word changed, all read, slowest", changed.Maximum / 1000, 2, " s");
            bars.AtMost(
                $"{text.Key}: length told beforehand, off by",
                Math.Abs(100 * off.Told / off.Real - 100),
                10,
                " %"
            );
        }
        table.Print();
        bars.AtMost("joints, silence off by", heard.Max(h => h.WorstJointMs), 50, " ms");
        bars.AtMost("silence at a comma, longest", heard.Max(h => h.LongestCommaMs), 300, " ms");
        bars.AtMost("loudness of a sentence, off −16 LUFS by", heard.Max(h => h.WorstLoudness), 1, " LU");
        bars.AtMost("loudness of the whole, off −16 LUFS by", heard.Max(h => h.WholeLoudness), 1, " LU");
        bars.AtLeast("syllables a minute, fewest", heard.Min(h => h.Pace), 150);
        bars.AtMost("syllables a minute, most", heard.Max(h => h.Pace), 165);
        return bars.ExitCode;
    }
);

static Percentiles Of(IEnumerable<ListenTimes> taken, Func<ListenTimes, double> figure) => new(taken.Select(figure));
