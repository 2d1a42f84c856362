using System.Diagnostics;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Loa.Bench;
using Loa.Calendar;

// What does it cost to know when everything of a year happens? The same rules by our reckoning and by Ical.Net, in turns.
const string Zone = "Asia/Ho_Chi_Minh";
string[] texts =
[
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2",
];
var rounds = new Given(args, "rounds").Number("rounds", 15, 3);
Place.Print("calendar");
var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);

// A start that each of the rules names.
var start = new DateTime(2021, 1, 1, 5, 30, 0);
var (from, to) = (
    new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)
);

var (table, bars) = (
    new Table("rule", "times", "ours µs", "Ical.Net µs", "ratio", "ours KB", "Ical.Net KB"),
    new Bars()
);
var worst = 0.0;
foreach (var text in texts)
{
    var series = new EventSeries
    {
        Start = start,
        Zone = zone,
        Length = TimeSpan.FromMinutes(30),
        Rules = [DayRule.Read(text)],
    };
    var theirs = new CalendarEvent
    {
        Start = new CalDateTime(start, Zone),
        Duration = Duration.FromMinutes(30),
        RecurrenceRule = new Ical.Net.DataTypes.RecurrenceRule(text),
    };
    var (mine, other) = (new List<(double, double)>(), new List<(double, double)>());
    var times = 0;
    for (var round = 0; round <= rounds; round++)
    {
        var ours = Cost(200, () => times = series.Between(from, to).Count);
        var its = Cost(5, () => Count(theirs));
        // The first pays for what is compiled with it.
        if (round == 0)
            continue;
        mine.Add(ours);
        other.Add(its);
    }
    var (fast, slow) = (Median(mine, c => c.Item1), Median(other, c => c.Item1));
    worst = Math.Max(worst, fast / slow);
    table.Row(text, times, fast, slow, fast / slow, Median(mine, c => c.Item2), Median(other, c => c.Item2));
}
table.Print();
bars.AtMost("time of Ical.Net's, the worst rule", worst, 0.2);
return bars.ExitCode;

int Count(CalendarEvent series) =>
    series
        .GetOccurrences(new CalDateTime(from.UtcDateTime, "UTC"))
        .TakeWhile(o => o.Period.StartTime.AsUtc < to.UtcDateTime)
        .Count();

static (double Microseconds, double Kilobytes) Cost(int times, Func<int> work)
{
    var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
    for (var i = 0; i < times; i++)
        work();
    return (
        Stopwatch.GetElapsedTime(began).TotalMicroseconds / times,
        (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / times
    );
}

static double Median(List<(double, double)> costs, Func<(double, double), double> figure) =>
    new Percentiles(costs.Select(figure)).Median;
