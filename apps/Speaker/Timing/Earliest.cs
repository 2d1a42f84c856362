using System.Globalization;
using Loa.Air;
using Loa.Speaker.Store;

namespace Loa.Speaker.Timing;

/// <summary>The moment before which it cannot be: when the time was last known for sure, or when a document that is held was signed.</summary>
/// <remarks>
/// Without it a clock that was put back would bring releases to life that have expired. Records do not count: a speaker
/// writes them even while it believes in a wrong year, and must find its way back from there.
/// </remarks>
static class Earliest
{
    public static DateTimeOffset? Of(Journal journal)
    {
        DateTimeOffset?[] known =
        [
            Noted(journal)?.Time,
            HeldTimetable(journal),
            HeldPlacement(journal),
            HeldRevocations(journal),
        ];
        return known.Max();
    }

    /// <summary>When the time was last known, and how fast the machine's own counter ran then.</summary>
    public static (DateTimeOffset Time, Skew Skew)? Noted(Journal journal) =>
        journal.Text(JournalKeys.Time)?.Split(' ') is [var time, var rate, var doubt]
        && Number(time) is { } milliseconds
        && Number(rate) is { } rateBillionths
        && Number(doubt) is { } doubtBillionths
            ? (
                DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
                new Skew(rateBillionths / 1e9, doubtBillionths / 1e9)
            )
            : null;

    public static void Note(WriteBatch changes, DateTimeOffset time, Skew skew) =>
        changes.Put(
            JournalKeys.Time,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.ToUnixTimeMilliseconds()} {(long)(skew.Rate * 1e9)} {(long)(skew.Doubt * 1e9)}"
            )
        );

    static long? Number(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    static DateTimeOffset? HeldTimetable(Journal journal) =>
        journal.Value(JournalKeys.Timetable, AirJson.Default.TimetableMessage) is { } held
        && Timetable.TryRead(held.Timetable, out var read, out _)
            ? read.Document.At
            : null;

    static DateTimeOffset? HeldPlacement(Journal journal) =>
        Placement.TryRead(journal.Text(JournalKeys.Placement), out var read, out _) ? read.Document.At : null;

    static DateTimeOffset? HeldRevocations(Journal journal) =>
        Revocations.TryRead(journal.Text(JournalKeys.Revocations), out var read, out _) ? read.Document.At : null;
}
