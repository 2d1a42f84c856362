namespace Loa.Bench.Week;

/// <summary>Tells what was found, and holds it against the bars.</summary>
static class Report
{
    const int MostOddities = 20;

    public static void Print(Found found, int days, int seed)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"{found.Speakers} speakers, {days} days, seed {seed}: {found.Seconds:0} s, {found.Mebibytes:0} MiB in the larger process. Simulated: time, line, flash,"
        );
        Console.WriteLine(
            "calendar and counter. Real: the speaker's whole software, MQTT on both sides, signatures, notebook, chain of records."
        );
        var world = new Table("what happened", "times");
        world.Row("cuts of the line, a minute to 2.5 days", found.Cuts);
        world.Row("flapping lines, 3–11 times down and up each", found.Flaps);
        world.Row("power cuts", found.PowerCuts);
        world.Row("  of them started with a calendar an hour wrong", found.WrongBoots);
        world.Row("calendars that jumped by an hour while it ran", found.Jumps);
        world.Row("changes and emergencies in between", found.Changes);
        world.Row("connections made", found.Connections);
        world.Print();

        var items = new Table("items", "number");
        items.Row("ordered", found.Ordered);
        items.Row("called off in time", found.Withdrawn);
        items.Row("  heard all the same", found.PlayedThoughWithdrawn);
        items.Row("reached the speaker too late", found.TooLate);
        items.Row("there in time, but not the sound", found.Soundless);
        items.Row("there in time with the sound", found.InTime);
        foreach (var (end, count) in found.Ends.OrderByDescending(pair => pair.Value))
            items.Row($"  {end}", count);
        items.Row("  missed, and struck out before their time", found.StruckEarly);
        foreach (var (end, count) in found.OtherEnds.OrderByDescending(pair => pair.Value))
            items.Row($"  of the others: {end}", count);
        items.Row("records in the chains", found.Records);
        items.Row("  came again and were known", found.Repeats);
        foreach (var (refusal, count) in found.Refusals.OrderByDescending(pair => pair.Value))
            items.Row($"  refusals: {refusal}", count);
        items.Print();

        var errors = new Table("start error ms", "number", "p50", "p90", "p99", "p99.9", "most");
        Row(errors, "by the true time", found.Errors);
        Row(errors, "as the speakers record it", found.OwnErrors);
        errors.Print();
        foreach (var oddity in found.Oddities.Take(MostOddities))
            Console.WriteLine(oddity);
        if (found.Oddities.Count > MostOddities)
            Console.WriteLine($"… and {found.Oddities.Count - MostOddities} more");
    }

    public static int Judge(Found found)
    {
        var bars = new Bars();
        bars.AtMost("missed although delivered before its time", found.Missed, 0);
        bars.AtMost("start error p99, true time", new Percentiles(found.Errors).At(0.99), 50, " ms");
        bars.AtMost("delivered and without a record", found.Unrecorded, 0);
        bars.AtMost("recorded more than once", found.RecordedTwice, 0);
        bars.AtMost("heard though called off", found.PlayedThoughWithdrawn, 0);
        bars.AtMost("faults in the chains", found.BrokenChains, 0);
        bars.AtLeast("items delivered before their time", found.InTime, 1);
        return bars.ExitCode;
    }

    static void Row(Table table, string what, List<double> values)
    {
        var sorted = new Percentiles(values);
        table.Row(what, values.Count, sorted.Median, sorted.At(0.9), sorted.At(0.99), sorted.At(0.999), sorted.Maximum);
    }
}
