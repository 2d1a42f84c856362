using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;

namespace Loa.Devices.Timetables;

/// <summary>A timetable that is about to be stored, and the entries it was made of.</summary>
sealed record PlannedTimetable(Timetable Timetable, IReadOnlyList<TimetableEntry> Entries, string Content)
{
    public ReadOnlyMemory<byte> Payload { get; } = JsonSerializer.SerializeToUtf8Bytes(Timetable, Timetable.Shape);

    public SignedByServer? Signed { get; init; }

    /// <summary>An item may begin until its end, and is then played whole.</summary>
    public static DateTimeOffset OverAt(TimetableEntry entry) => entry.Until + entry.Bulletin.Duration;
}
