using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Cases;

namespace Loa.Broadcasting.Airtime;

/// <summary>A unit's policy as its acts hold it: a row that is absent is as the unit above says.</summary>
static class PolicyPatch
{
    public const string Sessions = "sessions";
    public const string Limits = "limits";
    public const string Quiet = "quiet";
    public const string Relays = "relays";
    public const string Silent = "silent";
    public const string Holidays = "holidays";
    public const string Repeat = "repeat";

    /// <param name="Days">ISO numbers of weekdays: "12345".</param>
    sealed record Row(string Days, TimeOnly From, int Minutes);

    sealed record LimitsRow(int Longest, int Most);

    sealed record RepeatRow(int Times, int Days);

    public static JsonObject Of(AirPolicy policy, DateTimeOffset from) =>
        new()
        {
            [AirtimeProcedure.From] = from.ToUnixTimeMilliseconds(),
            [Sessions] = Many(policy.Sessions ?? [], s => new Row(Digits(s.Days), s.From, Minutes(s.Length))),
            [Limits] = policy.Limits is { } l ? Json(new LimitsRow(Minutes(l.Longest), l.Most)) : null,
            [Quiet] = Many(policy.Quiet, q => new Row(Digits(q.Days), q.From, Minutes(q.Length))),
            [Relays] = Many(policy.Relays, r => new Row(Digits(r.Days), r.From, Minutes(r.Length))),
            [Silent] = Many(policy.SilentDays, d => d.Day),
            [Holidays] = Many(policy.SilentHolidays, h => h.Name),
            [Repeat] = policy.Repeat is { } r ? Json(new RepeatRow(r.Times, r.Days)) : null,
        };

    /// <summary>What an act said.</summary>
    public static PolicyWord Read(Act act)
    {
        var patch = JsonNode.Parse(act.Patch)!.AsObject();
        var from = DateTimeOffset.FromUnixTimeMilliseconds(patch[AirtimeProcedure.From]!.GetValue<long>());
        return new(act.At, from, Policy(patch, act.UnitId));
    }

    static AirPolicy Policy(JsonObject patch, Guid by) =>
        new()
        {
            Sessions = patch[Sessions] is null
                ? null
                : Rows<Row, AirSession>(patch, Sessions, r => new(DaysOf(r.Days), r.From, LengthOf(r.Minutes), by)),
            Limits = patch[Limits].Deserialize<LimitsRow>() is { } limits
                ? new(LengthOf(limits.Longest), limits.Most, by)
                : null,
            Quiet = Rows<Row, QuietTime>(patch, Quiet, r => new(DaysOf(r.Days), r.From, LengthOf(r.Minutes), by)),
            Relays = Rows<Row, RelaySlot>(
                patch,
                Relays,
                r => new(DaysOf(r.Days), r.From, LengthOf(r.Minutes), Level: 0, by)
            ),
            SilentDays = Rows<DateOnly, SilentDay>(patch, Silent, day => new(day, by)),
            SilentHolidays = Rows<string, SilentHoliday>(patch, Holidays, name => new(name, by)),
            Repeat = patch[Repeat].Deserialize<RepeatRow>() is { } repeat ? new(repeat.Times, repeat.Days, by) : null,
        };

    static TResult[] Rows<TRow, TResult>(JsonObject patch, string name, Func<TRow, TResult> read) =>
        patch[name].Deserialize<TRow[]>() is { } rows ? [.. rows.Select(read)] : [];

    // Nothing said is a row that is absent, not one without lines.
    static JsonNode? Many<TItem, TRow>(IReadOnlyList<TItem> items, Func<TItem, TRow> row) =>
        items.Count == 0 ? null : Json(items.Select(row));

    static JsonNode? Json<TRow>(TRow row) => JsonSerializer.SerializeToNode(row);

    public static string Digits(Weekdays days) =>
        string.Concat(
            Enumerable
                .Range(1, 7)
                .Where(d => days.HasFlag((Weekdays)(1 << (d - 1))))
                .Select(d => d.ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>None when a sign is no day of the week.</summary>
    public static Weekdays DaysOf(string digits) =>
        digits.All(d => d is >= '1' and <= '7')
            ? digits.Aggregate(Weekdays.None, (days, d) => days | (Weekdays)(1 << (d - '1')))
            : Weekdays.None;

    static int Minutes(TimeSpan length) => (int)length.TotalMinutes;

    static TimeSpan LengthOf(int minutes) => TimeSpan.FromMinutes(minutes);
}
