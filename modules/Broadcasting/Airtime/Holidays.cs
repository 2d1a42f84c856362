using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Loa.Calendar;

namespace Loa.Broadcasting.Airtime;

/// <summary>The holidays that a unit may choose as days without broadcast: the days themselves, and no law's number of days off.</summary>
static class Holidays
{
    sealed record Row(string Name, string Rule, int Days = 1, int Before = 0);

    sealed record Sheet(IReadOnlyList<Row> Holidays);

    static readonly Holiday[] all = Read();
    static readonly HolidayCalendar calendar = new(all, []);
    static readonly ConcurrentDictionary<int, FrozenDictionary<DateOnly, string[]>> years = [];

    public static IReadOnlyList<string> Names { get; } = [.. all.Select(h => h.Name)];

    public static IReadOnlyList<string> On(DateOnly day) =>
        years.GetOrAdd(day.Year, Year).TryGetValue(day, out var names) ? names : [];

    /// <summary>The next days of a holiday, this year's when they are not over.</summary>
    public static (DateOnly From, DateOnly To) Next(string name, DateOnly today)
    {
        var from = today;
        while (!On(from).Contains(name))
            from = from.AddDays(1);
        var to = from;
        while (On(to.AddDays(1)).Contains(name))
            to = to.AddDays(1);
        return (from, to);
    }

    static FrozenDictionary<DateOnly, string[]> Year(int year) =>
        Enumerable
            .Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
            .Select(new DateOnly(year, 1, 1).AddDays)
            .Select(day => (day, Names: calendar.On(day).Select(h => h.Name).ToArray()))
            .Where(d => d.Names.Length > 0)
            .ToFrozenDictionary(d => d.day, d => d.Names);

    static Holiday[] Read()
    {
        using var file = typeof(Holidays).Assembly.GetManifestResourceStream("holidays.json")!;
        var sheet = JsonSerializer.Deserialize<Sheet>(file, JsonSerializerOptions.Web)!;
        return [.. sheet.Holidays.Select(h => new Holiday(h.Name, DayRule.Read(h.Rule), h.Days, h.Before))];
    }
}
