using Loa.Air;
using Loa.Bench;
using Loa.Bench.Forge;
using Loa.Bench.Runs;

// A million documents that nobody entitled signed, or not for this place, this moment, this speaker: not one may be taken.
return await Show.Run(
    args,
    () =>
    {
        var given = new Given(args, "documents", "seed");
        var documents = given.Number("documents", 1_500_000, 60_000);
        var seed = given.Number("seed", 20260302, 20260302);
        Place.Print("forge");
        string[] kinds = [.. ForgeryTarget.All.Keys];
        // A third of all by the thief.
        var siege = documents / 3;
        var each = (documents - siege) / kinds.Length;

        var floods = new Flood[kinds.Length];
        var outcomes = new Siege.Outcome[Environment.ProcessorCount];
        var work = Enumerable
            .Range(0, outcomes.Length)
            .Select(i => (Action)(() => outcomes[i] = Siege.Run(siege / outcomes.Length, seed + i)))
            .Concat(
                Enumerable
                    .Range(0, kinds.Length)
                    .Select(i => (Action)(() => floods[i] = Flood.Of(kinds[i], each, seed)))
            );
        var began = TimeProvider.System.GetTimestamp();
        Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = outcomes.Length }, [.. work]);
        var took = TimeProvider.System.GetElapsedTime(began);

        Console.WriteLine(
            $"Seed {seed}, {took.TotalSeconds:0} s. Bits turned, letters turned, cut, parts exchanged, payloads changed,"
        );
        Console.WriteLine(
            "well signed by the wrong, the expired, the revoked, the elsewhere; replayed, out of scope, out of time."
        );
        var table = new Table("document", "sent", "accepted", "a good one before", "and after");
        foreach (var flood in floods)
            table.Row(
                flood.Kind,
                flood.Sent,
                flood.Accepted,
                flood.GoodBefore ? "taken" : "refused",
                flood.GoodAfter ? "taken" : "refused"
            );
        table.Print();
        Console.WriteLine(
            "A thief with the whole database and the server's key orders plays; the truth is asked of the documents in plain words."
        );
        var orders = new Table("", "orders");
        orders.Row("sent", outcomes.Sum(o => o.Attempts));
        orders.Row("played, as a leader allowed", outcomes.Sum(o => o.Right));
        orders.Row("played although nobody allowed it", outcomes.Sum(o => o.Wrong));
        orders.Row("refused although a leader allowed it", outcomes.Sum(o => o.Denied));
        orders.Print();
        foreach (var first in floods.Select(f => f.First).Concat(outcomes.Select(o => o.First)).OfType<string>())
            Console.WriteLine($"accepted: {first}");

        var middlemen = given.Quick ? 200_000L : 2_000_000;
        var lucky = Middlemen.Lucky(middlemen, seed);
        Console.WriteLine(
            $"Of {middlemen} men in the middle at an enrolment {lucky} had a code that fits; by chance {middlemen / 923_521.0:0.0}."
        );

        var bars = new Bars();
        // Of 31⁴ codes one fits: many more would mean that they know what they are to meet.
        bars.AtMost("men in the middle whose code fits", lucky, given.Quick ? 5 : 12);
        bars.AtMost("forged documents accepted", floods.Sum(f => f.Accepted) + outcomes.Sum(o => o.Wrong), 0);
        bars.AtLeast(
            "documents tried",
            floods.Sum(f => f.Sent) + outcomes.Sum(o => o.Attempts),
            given.Quick ? 1 : 1_000_000
        );
        bars.AtMost(
            "good documents refused",
            floods.Count(f => !f.GoodBefore || !f.GoodAfter) + outcomes.Sum(o => o.Denied),
            0
        );
        bars.AtLeast("approved plays among the thief's orders", outcomes.Sum(o => o.Right), 1);
        return Task.FromResult(bars.ExitCode);
    }
);
