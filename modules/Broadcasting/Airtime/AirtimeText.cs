using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Airtime;

/// <summary>One line of a policy as people read it.</summary>
/// <param name="By">The unit that said so; nobody when it is the field's usual.</param>
sealed record AirtimeLine(string Text, Guid By);

/// <summary>A policy in words, row by row.</summary>
static class AirtimeText
{
    /// <summary>In the order in which a person asks: when, how much, when not, for whom, how often.</summary>
    public static readonly IReadOnlyList<string> Rows =
    [
        PolicyPatch.Sessions,
        PolicyPatch.Quiet,
        PolicyPatch.Silent,
        PolicyPatch.Limits,
        PolicyPatch.Relays,
        PolicyPatch.Repeat,
    ];

    /// <summary>Days offered beside single ones.</summary>
    public static readonly IReadOnlyList<Weekdays> Together =
    [
        Weekdays.All,
        Weekdays.Monday | Weekdays.Tuesday | Weekdays.Wednesday | Weekdays.Thursday | Weekdays.Friday,
        Weekdays.Saturday | Weekdays.Sunday,
    ];

    public static IReadOnlyList<AirtimeLine> Lines(AirPolicy policy, string row, DateOnly today) =>
        row switch
        {
            PolicyPatch.Sessions => [.. (policy.Sessions ?? []).Select(s => Line(s.Days, s.From, s.Length, s.By))],
            PolicyPatch.Quiet => [.. policy.Quiet.Select(q => Line(q.Days, q.From, q.Length, q.By))],
            PolicyPatch.Relays => [.. policy.Relays.Select(r => Line(r.Days, r.From, r.Length, r.By))],
            PolicyPatch.Silent =>
            [
                .. policy.SilentHolidays.Select(h => new AirtimeLine(Holiday(h.Name, today), h.By)),
                .. policy.SilentDays.Where(d => d.Day >= today).Select(d => new AirtimeLine(d.Day.Shown(), d.By)),
            ],
            PolicyPatch.Limits => policy.Limits is { } l
                ? [new(Words.Get("airtime.limits-are", l.Most, l.Longest.TotalMinutes), l.By)]
                : [],
            _ => policy.Repeat is { } r ? [new(Words.Get("airtime.repeat-is", r.Times, r.Days), r.By)] : [],
        };

    /// <summary>All that a unit said itself, in one text.</summary>
    public static string Of(AirPolicy policy, DateOnly today) =>
        Rows.Select(row => (row, Lines: Lines(policy, row, today)))
            .Where(r => r.Lines.Count > 0)
            .Select(r => $"{Words.Get("airtime.row." + r.row)}: {string.Join("; ", r.Lines.Select(l => l.Text))}")
            .ToList()
            is { Count: > 0 } said
            ? string.Join(". ", said)
            : Words.Get("airtime.all-inherited");

    public static string Days(Weekdays days)
    {
        var at = Together.ToList().IndexOf(days);
        return at >= 0
            ? Words.Get($"airtime.days.{at + 1}")
            : string.Join(", ", PolicyPatch.Digits(days).Select(d => Words.Get($"airtime.day.{d}")));
    }

    public static string Holiday(string name, DateOnly today)
    {
        var (from, to) = Holidays.Next(name, today);
        var days = from == to ? from.Shown() : $"{from.Shown()}–{to.Shown()}";
        return Words.Get("airtime.holiday-is", Words.Get("holiday." + name), days);
    }

    static AirtimeLine Line(Weekdays days, TimeOnly from, TimeSpan length, Guid by) =>
        new(Words.Get("airtime.line", from.ToString("HH:mm"), from.Add(length).ToString("HH:mm"), Days(days)), by);
}
