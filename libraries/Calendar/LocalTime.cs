using System.Runtime.CompilerServices;

namespace Loa.Calendar;

/// <summary>
/// The moment at which a clock on the wall of a zone shows a time. What it shows twice is the first; what it jumps over is reckoned
/// by the offset before the jump (RFC 5545 §3.3.5, and §3.3.10 for what recurs): an evening's programme is never lost to it.
/// </summary>
public static class LocalTime
{
    // From when on a zone has one offset only: most zones, and ours, and then nothing is looked up.
    static readonly ConditionalWeakTable<TimeZoneInfo, object> steadySince = [];

    public static DateTimeOffset At(TimeZoneInfo zone, DateTime clock)
    {
        if (clock >= SteadySince(zone))
            return new(clock, zone.BaseUtcOffset);
        // A day on either side stand the offsets between which the zone may change here.
        var before = zone.GetUtcOffset(Utc(clock, -1));
        var after = zone.GetUtcOffset(Utc(clock, 1));
        var first = new DateTimeOffset(clock, before);
        if (before == after || zone.GetUtcOffset(first) == before)
            return first;
        var second = new DateTimeOffset(clock, after);
        return zone.GetUtcOffset(second) == after ? second : first;
    }

    static DateTimeOffset Utc(DateTime clock, int days) =>
        new(DateTime.SpecifyKind(clock, DateTimeKind.Utc).AddDays(days), TimeSpan.Zero);

    static DateTime SteadySince(TimeZoneInfo zone) =>
        (DateTime)steadySince.GetValue(zone, static z => Last(z.GetAdjustmentRules()));

    static object Last(TimeZoneInfo.AdjustmentRule[] rules)
    {
        var last = rules.Select(r => r.DateEnd).DefaultIfEmpty(DateTime.MinValue).Max();
        return last == DateTime.MinValue ? last
            : last.Year >= DateTime.MaxValue.Year ? DateTime.MaxValue
            : DateTime.SpecifyKind(last.AddDays(2), DateTimeKind.Unspecified);
    }
}
