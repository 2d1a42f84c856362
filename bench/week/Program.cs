using System.Text.Json;
using Loa.Bench;
using Loa.Bench.Runs;
using Loa.Bench.Week;

// Seven days of a province, with a network that comes and goes: is all that was there in time heard, at its time, and told once?
return await Show.Run(
    args,
    async () =>
    {
        var given = new Given(args, "speakers", "days", "lot", "seed", "processes");
        var speakers = given.Number("speakers", 1661, 32);
        var days = given.Number("days", 7, 2);
        var lot = given.Number("lot", 64, 16);
        var seed = given.Number("seed", 20260302, 20260302);
        Place.Print("week");
        var found = await Province(speakers, days, lot, seed, given.Number("processes", 2, 2));
        Report.Print(found, days, seed);
        return Report.Judge(found);
    },
    new Dictionary<string, Func<string[], Task<int>>> { [Lot.Verb] = _ => Child.Obey(Lot.Run) }
);

// Speakers have nothing to do with each other: each lot has a world of its own.
static async Task<Found> Province(int speakers, int days, int lot, int seed, int processes)
{
    var (all, next, gate) = (new Found(), 0, new Lock());
    var began = TimeProvider.System.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Work()).ToArray());
    all.Seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    return all;

    async Task Work()
    {
        await using var child = Child.Start(Lot.Verb);
        while (true)
        {
            int first;
            lock (gate)
                (first, next) = (next, next + lot);
            if (first >= speakers)
                return;
            var answer = await child.Ask($"{first} {Math.Min(lot, speakers - first)} {days} {seed}");
            lock (gate)
            {
                all.Add(JsonSerializer.Deserialize<Found>(answer)!);
                var took = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                Console.WriteLine($"{all.Speakers} of {speakers} speakers, {took:0} s, {all.Missed} missed");
            }
        }
    }
}
