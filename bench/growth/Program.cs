using System.Diagnostics;
using System.Globalization;
using Loa.Bench;
using Loa.Bench.Growth;
using Loa.Bench.UnderTest;

// Everything grows tenfold, and tenfold again: does what people ask for wait for it?
return await ServerShow.Run(
    args,
    async () =>
    {
        var given = new Given(args, "sizes", "postgres", "only");
        var sizes = Size.All.Take(given.Number("sizes", 3, 2)).ToList();
        Place.Print("growth");
        var bars = new Bars();
        var postgres = given.Word("postgres", Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES") ?? "");
        var only = given.Word("only", "");
        if (only != "postgres")
            await Show("SQLite", "", sizes, bars);
        if (postgres.Length > 0 && only != "sqlite")
            await Show("PostgreSQL", postgres, sizes, bars);
        return bars.ExitCode;
    }
);

static async Task Show(string engine, string postgres, IReadOnlyList<Size> sizes, Bars bars)
{
    await using var database = await ShowDatabase.Make(postgres, "growth");
    await using var server = await ServerProcess.Start([.. database.Arguments]);
    var officers = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
    var rows = new Dictionary<string, Grown>(StringComparer.Ordinal);
    for (var i = 0; i < sizes.Count; i++)
    {
        var began = Stopwatch.GetTimestamp();
        var made = (await server.Process.Ask($"grow {i}")).Split(' ');
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{engine}: {sizes[i]}, made in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"
            )
        );
        foreach (var work in Work.All(sizes[i], made[0], made[1]))
        {
            if (!officers.TryGetValue(work.Officer, out var officer))
                officers[work.Officer] = officer = await server.SignIn(work.Officer);
            Of(work.Name, work.IsExport).At.Add(await work.Measure(officer));
        }
        Of("order to a commune → stored", false).At.Add(await Orders(server, made[2], made[3]));
    }
    var whole = await server.Process.Ask("verify");
    Print(engine, rows, sizes.Count, bars);
    bars.AtMost($"{engine}: faults in the ledger over all that was made ({whole})", whole == "whole" ? 0 : 1, 0);

    Grown Of(string name, bool isExport)
    {
        if (!rows.TryGetValue(name, out var row))
            rows[name] = row = new(isExport, []);
        return row;
    }
}

// The first pays for what is compiled with it.
static async Task<Percentiles> Orders(ServerUnderTest server, string unit, string speakers)
{
    var taken = new List<double>();
    for (var i = 0; i < 8; i++)
    {
        var ordered = (await server.Process.Ask($"order {unit}")).Split(' ');
        var stored = await server.Process.Ask($"promised {ordered[1]} {speakers}");
        if (i > 0)
            taken.Add(
                Stopwatch
                    .GetElapsedTime(
                        long.Parse(ordered[0], CultureInfo.InvariantCulture),
                        long.Parse(stored, CultureInfo.InvariantCulture)
                    )
                    .TotalMilliseconds
            );
    }
    return new(taken);
}

static void Print(string engine, Dictionary<string, Grown> rows, int sizes, Bars bars)
{
    string[] names = ["1×", "10×", "100×"];
    var heads = names.Take(sizes).SelectMany(n => new[] { $"{n} ms", "p95" });
    var table = new Table([engine, .. heads, .. Enumerable.Range(1, sizes - 1).Select(i => $"exponent {i}")]);
    foreach (var (name, row) in rows)
        table.Row([
            name,
            .. row.At.SelectMany(p => new object[] { p.Median, p.At(0.95) }),
            .. Enumerable.Range(1, sizes - 1).Select(i => (object)row.Exponent(i)),
        ]);
    table.Print();
    var pages = rows.Where(r => !r.Value.IsExport).ToList();
    var steepest = pages.MaxBy(r => r.Value.Exponent(sizes - 1));
    var slowest = pages.MaxBy(r => r.Value.At[^1].At(0.95));
    var export = rows.Where(r => r.Value.IsExport).MaxBy(r => r.Value.Exponent(sizes - 1));
    bars.AtMost($"{engine}: steepest page or order, {steepest.Key}: exponent", steepest.Value.Exponent(sizes - 1), 0.3);
    bars.AtMost($"{engine}: steepest export, {export.Key}: exponent", export.Value.Exponent(sizes - 1), 1.0);
    bars.AtMost($"{engine}: slowest page or order, {slowest.Key}: p95", slowest.Value.At[^1].At(0.95), 200, " ms");
}

/// <summary>One work at each size.</summary>
sealed record Grown(bool IsExport, List<Percentiles> At)
{
    // Nobody can tell less than this from nothing, and a busy machine adds as much.
    const double Unnoticed = 10;

    /// <summary>How it grew from the size before: 0 not at all, 1 as much as what there is.</summary>
    public double Exponent(int size) => Math.Max(0, Math.Log10(Felt(size) / Felt(size - 1)));

    double Felt(int size) => Math.Max(Unnoticed, At[size].Median);
}
