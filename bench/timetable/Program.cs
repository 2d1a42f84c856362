using System.Diagnostics;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Loa.Bench;
using Loa.Broadcasting.Airtime;
using Loa.Broadcasting.Timetable;
using Loa.Kernel;

// What does it cost to decide what a province hears? Or, with --laws: does what must hold, hold in a million provinces?
var given = new Given(args, "rounds", "speakers", "laws", "seed");
if (given.Number("laws", 0, 0) is > 0 and var provinces)
    return Laws.Try(provinces, given.Number("seed", Random.Shared.Next(), 1));
Place.Print("timetable");
var rounds = given.Number("rounds", 7, 2);
var (table, bars) = (new Table("what", "places", "items", "ms", "µs an item", "heap MB"), new Bars());
Province();
Many(given.Number("speakers", 100_000, 5_000));
table.Print();
Console.WriteLine(
    "Each speaker is told its items, and each item has its fate; speakers of which the same is said share one answer."
);
return bars.ExitCode;

void Province()
{
    var whole = BigProvince.Whole(1_661);
    var question = BigProvince.Question(whole);
    var items = 0L;
    var decided = Cost(rounds, _ => items = Decide(whole.Places, question));
    Row("a province, 30 days", whole.Places.Count, items, decided);
    bars.AtMost("a province", decided.Median / 1000, 2, " s");
    foreach (var (level, name) in new[] { (3, "a hamlet"), (2, "a commune"), (0, "the province") })
        Change(whole, question, level, name);
    Preview(whole, items / 30 * 7);
    var written = WriteOut(whole);
    bars.AtMost("to decide, of Ical.Net's time to write out the same", decided.Median / written, 2);
}

// One officer adds an item: the question as it is then, and all whom it can touch.
void Change(District whole, AirQuestion question, int level, string name)
{
    Guid[] units = [.. whole.Programmes.Where(p => p.Level == level).Select(p => p.Unit).Distinct()];
    var (items, touched) = (0L, 0);
    var costs = Cost(
        level == 0 ? rounds : 30 * rounds,
        i =>
        {
            var change = new AirChange { Added = [Extra(units[i * 7 % units.Length], level, i)] };
            var concerned = change.Units;
            List<AirPlace> places = [.. whole.Places.Where(p => p.Paths[0].Units.Any(concerned.Contains))];
            (items, touched) = (Decide(places, question.With(change)), places.Count);
        }
    );
    Row($"one item more in {name}", touched, items, costs);
    if (level > 0)
        bars.AtMost($"one item more in {name}, p95", costs.At(0.95), 50, " ms");
}

// Before it is saved: what a week would be like with a longer quiet time, or with one item more a day, everywhere.
void Preview(District whole, long items)
{
    var week = BigProvince.Question(whole, days: 7);
    var root = whole.Places[0].Paths[0].Units[0];
    var quiet = new AirPolicy { Quiet = [new(Weekdays.All, new(5, 0), TimeSpan.FromMinutes(45), root)] };
    foreach (
        var (name, change) in new (string, AirChange)[]
        {
            (
                "a quiet time",
                new()
                {
                    Policies = new Dictionary<Guid, PolicyWord>
                    {
                        [root] = new(BigProvince.From, BigProvince.From, quiet),
                    },
                }
            ),
            ("an item a day", new() { Added = [.. Enumerable.Range(0, 7).Select(day => Extra(root, 0, day))] }),
        }
    )
    {
        var told = 0;
        var costs = Cost(
            rounds,
            _ => told = AirPreview.Of(whole.Places, week, change, p => p.Paths[0].Units[2]).Sum(u => u.Speakers)
        );
        Row($"preview of {name} everywhere, a week", told, items, costs);
        bars.AtMost($"preview of {name} everywhere", costs.Median / 1000, 1, " s");
    }
}

// The same rules by our reckoning and by Ical.Net, in turns.
double WriteOut(District whole)
{
    CalendarEvent[] events =
    [
        .. whole.Programmes.Select(p => new CalendarEvent
        {
            Start = new CalDateTime(p.Start, VietnamTime.Zone.Id),
            Duration = Duration.FromTimeSpanExact(p.Length),
            RecurrenceRule = new RecurrenceRule(p.Rule),
        }),
    ];
    var (start, end) = (new CalDateTime(BigProvince.From.UtcDateTime, "UTC"), BigProvince.To.UtcDateTime);
    var (mine, other) = (0, 0);
    var ours = Cost(
        rounds,
        _ => mine = whole.Programmes.Sum(p => p.Series.Between(BigProvince.From, BigProvince.To).Count)
    );
    var theirs = Cost(
        rounds,
        _ => other = events.Sum(e => e.GetOccurrences(start).TakeWhile(o => o.Period.StartTime.AsUtc < end).Count())
    );
    if (mine != other)
        throw new InvalidOperationException($"{mine} times by our reckoning, {other} by Ical.Net");
    Row("its rules written out, ours", whole.Places.Count, mine, ours);
    Row("its rules written out, Ical.Net", whole.Places.Count, other, theirs);
    return theirs.Median;
}

// Sixty provinces, one district after the other: rules written out, asked, decided, let go.
void Many(int speakers)
{
    var (items, most, asking) = (0L, 0L, TimeSpan.Zero);
    var began = Stopwatch.GetTimestamp();
    foreach (var district in BigProvince.Districts(speakers))
    {
        var before = Stopwatch.GetTimestamp();
        var question = BigProvince.Question(district);
        asking += Stopwatch.GetElapsedTime(before);
        items += Decide(district.Places, question);
        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
    }
    var all = Stopwatch.GetElapsedTime(began);
    table.Row(
        $"{speakers:N0} speakers, district by district",
        speakers,
        items,
        all.TotalMilliseconds,
        all.TotalMicroseconds / items,
        most / 1048576.0
    );
    table.Row(
        "of it written out and put in order",
        speakers,
        items,
        asking.TotalMilliseconds,
        asking.TotalMicroseconds / items,
        most / 1048576.0
    );
    bars.AtMost($"{speakers:N0} speakers", all.TotalSeconds, 60.0 * speakers / 100_000, " s");
    bars.AtMost("heap meanwhile", most / 1048576.0, 512, " MB");
}

static long Decide(IEnumerable<AirPlace> places, AirQuestion question) =>
    Timeline.OfAll(places, question).Sum(same => (long)same.Air.Fates.Count);

static AirCandidate Extra(Guid unit, int level, int number) =>
    new Programme(unit, number % 10, level, new(2026, 12, 3), "FREQ=DAILY", TimeSpan.FromSeconds(45)).At(
        BigProvince.From.AddDays(number % 28).AddHours(5.5)
    ) with
    {
        Id = new Guid(number, 1, 1, new byte[8]),
    };

// Milliseconds of each time but the first, which pays for what is compiled with it.
static Percentiles Cost(int times, Action<int> work)
{
    var costs = new List<double>();
    for (var i = 0; i <= times; i++)
    {
        var began = Stopwatch.GetTimestamp();
        work(i);
        costs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }
    return new(costs.Skip(1));
}

void Row(string what, int places, long items, Percentiles costs) =>
    table.Row(
        what,
        places,
        items,
        costs.Median,
        costs.Median * 1000 / items,
        GC.GetTotalMemory(forceFullCollection: true) / 1048576.0
    );
