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
    public static DateTimeOffset? Of(Notebook notes)
    {
        DateTimeOffset?[] known =
        [
            Noted(notes)?.Time,
            HeldTimetable(notes),
            HeldPlacement(notes),
            HeldRevocations(notes),
        ];
        return known.Max();
    }

    /// <summary>When the time was last known, and how fast the machine's own clock runs.</summary>
    public static (DateTimeOffset Time, double Rate)? Noted(Notebook notes)
    {
        var parts = notes.Text(Notes.Time)?.Split(' ') ?? [];
        return
            parts.Length == 2
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var milliseconds)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var billionths)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), billionths / 1e9)
            : null;
    }

    public static void Note(Changes changes, DateTimeOffset time, double rate) =>
        changes.Put(
            Notes.Time,
            string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds()} {(long)(rate * 1e9)}")
        );

    static DateTimeOffset? HeldTimetable(Notebook notes) =>
        notes.Value(Notes.Timetable, AirJson.Default.TimetableMessage) is { } held
        && Timetable.TryRead(held.Timetable, out var read, out _)
            ? read.Document.At
            : null;

    static DateTimeOffset? HeldPlacement(Notebook notes) =>
        Placement.TryRead(notes.Text(Notes.Placement), out var read, out _) ? read.Document.At : null;

    static DateTimeOffset? HeldRevocations(Notebook notes) =>
        Revocations.TryRead(notes.Text(Notes.Revocations), out var read, out _) ? read.Document.At : null;
}
