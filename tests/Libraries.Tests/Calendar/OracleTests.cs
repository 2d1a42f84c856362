using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Ical.Net.DataTypes;

namespace Loa.Calendar;

/// <summary>
/// Ical.Net says what a rule means; thousands of rules by chance, with a seed that a failure names. It is slow: what it said of
/// each is kept in a file, and one in ten is asked anew. LOA_TEST_ORACLE=all asks all of them and writes the file.
/// </summary>
public sealed class OracleTests
{
    const int Rules = 2_000;
    const int AskedAnew = 10;
    const string Kept = "oracle.txt";

    // Ical.Net gives up on it, or reads it otherwise for a reason.
    const string Nothing = "-";
    static readonly bool all = Environment.GetEnvironmentVariable("LOA_TEST_ORACLE") == "all";
    static readonly string[] zones =
    [
        "Asia/Ho_Chi_Minh",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Sydney",
        "UTC",
    ];
    static readonly string[] days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    [Fact]
    public void Every_expansion_is_that_of_another_library()
    {
        var said = all ? new string[Rules] : File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, Kept));
        Assert.Equal(Rules, said.Length);
        var (compared, times, differ) = (0, 0L, new List<string>());
        for (var seed = 0; seed < Rules; seed++)
        {
            var (file, from, to) = Some(new Random(seed));
            if (all)
                said[seed] = Asked(file, from, to);
            else if (seed % AskedAnew == 0)
                Assert.Equal((seed, said[seed]), (seed, Asked(file, from, to)));
            if (said[seed] == Nothing)
                continue;
            var mine = Ours(file, from, to);
            if (Digest(mine) != said[seed])
                differ.Add(
                    $"seed {seed}, {from:u} to {to:u}\n{file}\nours   {Told(mine)}\ntheirs {Told(Theirs(file, from, to)!)}"
                );
            compared++;
            times += mine.Count;
        }
        TestContext.Current.SendDiagnosticMessage($"compared {compared} rules, {times} times");
        Assert.True(differ.Count == 0, $"{differ.Count} differ\n{string.Join("\n\n", differ.Take(8))}");
        Assert.True(compared > Rules * 8 / 10 && times > Rules);
        if (all)
            File.WriteAllLines(Path.Combine(Path.GetDirectoryName(Here())!, Kept), said);
    }

    static string Asked(string file, DateTimeOffset from, DateTimeOffset to)
    {
        if (ReadsOtherwise(file) || Theirs(file, from, to) is not { } theirs)
            return Nothing;
        // What we write of it another reads as the same.
        Assert.Equal(theirs, Theirs(IcsWriter.Write(Read(file), "-//loa//test//", from), from, to));
        return Digest(theirs);
    }

    static List<DateTimeOffset> Ours(string file, DateTimeOffset from, DateTimeOffset to) =>
        [.. Read(file).Single().Series.Between(from, to).Select(t => t.Start.ToUniversalTime())];

    static IReadOnlyList<IcsEvent> Read(string file)
    {
        var read = IcsReader.Read(Encoding.UTF8.GetBytes(file), TimeZoneInfo.Utc);
        Assert.Empty(read.Faults);
        return read.Events;
    }

    static string Digest(List<DateTimeOffset> times) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', times.Select(t => t.UtcTicks)))).AsSpan(0, 8)
        );

    static string Here([CallerFilePath] string path = "") => path;

    // By the table of §3.3.10, BYMONTHDAY of a year means those days of each month; Ical.Net takes the month of the start. And UNTIL
    // bounds the times, of which the last may be earlier in its year than the start was in its own; Ical.Net then leaves out that year.
    static bool ReadsOtherwise(string file) =>
        file.Contains("FREQ=YEARLY", StringComparison.Ordinal)
        && !file.Contains("BYMONTH=", StringComparison.Ordinal)
        && (
            file.Contains("BYMONTHDAY", StringComparison.Ordinal)
            || (file.Contains("UNTIL", StringComparison.Ordinal) && file.Contains("BYDAY", StringComparison.Ordinal))
        );

    static (string File, DateTimeOffset From, DateTimeOffset To) Some(Random random)
    {
        var start = new DateTime(2020, 1, 1).AddDays(random.Next(2_500)).AddMinutes(15 * random.Next(96));
        var rule = Rule(random);
        // A start that its rule does not name has no meaning by the standard (§3.8.5.3): the series begins with the rule's first day.
        var (read, first) = (DayRule.Read(rule), new List<DateOnly>());
        read.Days(
            DateOnly.FromDateTime(start),
            DateOnly.FromDateTime(start),
            DateOnly.FromDateTime(start).AddYears(60),
            first
        );
        if (first.Count > 0)
            start = first[0].ToDateTime(TimeOnly.FromDateTime(start));
        var zone = zones[random.Next(zones.Length)];
        var at = zone == "UTC" ? ":{0}Z" : ";TZID=" + zone + ":{0}";
        var file = new StringBuilder(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//loa//test//\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20200101T000000Z\r\n"
        );
        Line("DTSTART", start);
        file.Append("DURATION:PT15M\r\nSUMMARY:x\r\nRRULE:").Append(rule).Append("\r\n");
        for (var i = random.Next(3); i > 0 && first.Count > 0; i--)
            Line("EXDATE", first[random.Next(Math.Min(first.Count, 20))].ToDateTime(TimeOnly.FromDateTime(start)));
        for (var i = random.Next(2); i > 0; i--)
            Line("RDATE", start.AddDays(random.Next(700)).AddHours(1));
        file.Append("END:VEVENT\r\nEND:VCALENDAR\r\n");
        var from = new DateTimeOffset(start.AddDays(random.Next(-30, 1_500)), TimeSpan.Zero);
        return (file.ToString(), from, from.AddDays(random.Next(1, 900)));

        void Line(string name, DateTime time) =>
            file.Append(name)
                .AppendFormat(
                    CultureInfo.InvariantCulture,
                    at,
                    time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)
                )
                .Append("\r\n");
    }

    static string Rule(Random random)
    {
        var frequency = random.Next(4);
        var rule = new StringBuilder("FREQ=").Append(((Frequency)frequency).ToString().ToUpperInvariant());
        if (random.Next(2) == 0)
            rule.Append(CultureInfo.InvariantCulture, $";INTERVAL={random.Next(1, 5)}");
        if (random.Next(3) == 0)
            rule.Append(CultureInfo.InvariantCulture, $";COUNT={random.Next(1, 60)}");
        else if (random.Next(3) == 0)
            rule.Append(
                CultureInfo.InvariantCulture,
                $";UNTIL={new DateTime(2021, 1, 1).AddHours(random.Next(70_000)):yyyyMMdd'T'HHmmss}Z"
            );
        var parts = 0;
        if (random.Next(3) == 0)
            Part("BYMONTH", () => $"{random.Next(1, 13)}");
        if (frequency != 1 && random.Next(3) == 0)
            Part("BYMONTHDAY", () => $"{(random.Next(3) == 0 ? -random.Next(1, 32) : random.Next(1, 32))}");
        if (random.Next(2) == 0)
            Part("BYDAY", () => (frequency > 1 && random.Next(2) == 0 ? $"{Ordinal()}" : "") + days[random.Next(7)]);
        if (parts > 0 && frequency > 0 && random.Next(4) == 0)
            Part("BYSETPOS", () => $"{(random.Next(2) == 0 ? -1 : 1) * random.Next(1, 4)}");
        if (random.Next(4) == 0)
            rule.Append(";WKST=SU");
        return rule.ToString();

        int Ordinal() => (random.Next(3) == 0 ? -1 : 1) * random.Next(1, frequency == 3 ? 12 : 6);

        void Part(string name, Func<string> value)
        {
            parts++;
            rule.Append(';')
                .Append(name)
                .Append('=')
                .AppendJoin(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => value()).Distinct());
        }
    }

    // Null when the other library gives up on it.
    static List<DateTimeOffset>? Theirs(string file, DateTimeOffset from, DateTimeOffset to)
    {
        var series = Ical.Net.Calendar.Load(file)!.Events[0]!;
        try
        {
            return
            [
                .. series
                    .GetOccurrences(new CalDateTime(from.UtcDateTime.AddDays(-2), "UTC"))
                    .Select(o => new DateTimeOffset(o.Period.StartTime.AsUtc, TimeSpan.Zero))
                    .TakeWhile(t => t < to)
                    .Where(t => t >= from),
            ];
        }
        catch (Ical.Net.Evaluation.EvaluationException)
        {
            return null;
        }
    }

    static string Told(IEnumerable<DateTimeOffset> times) =>
        string.Join(' ', times.Take(12).Select(t => t.ToString("yyyyMMddTHHmm", CultureInfo.InvariantCulture)));
}
