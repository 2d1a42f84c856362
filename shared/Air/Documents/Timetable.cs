using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>All that one speaker is to play between two moments.</summary>
public sealed record Timetable(
    Guid Speaker,
    long Version,
    DateTimeOffset At,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<TimetableItem> Items
) : AirDocument<Timetable>, IAirDocument<Timetable>
{
    public static string Type => "loa-timetable";

    public static int MaxLength => 256 * 1024;

    public static JsonTypeInfo<Timetable> Shape => AirJson.Default.Timetable;

    public bool IsWithinBounds() => Version > 0 && Bounds.FewWith(Items, Bounds.Items, item => item.IsWithinBounds());
}

/// <summary>One release at one time.</summary>
/// <param name="Release">SHA-256 of the release's compact text in lower-case hex.</param>
/// <param name="Now">Play as soon as verified and not before the start, whole, as long as the clock is before the end.</param>
public sealed record TimetableItem(
    Guid Id,
    Guid Broadcast,
    string Release,
    AirClass Class,
    DateTimeOffset Start,
    DateTimeOffset Until,
    bool Now = false
)
{
    internal bool IsWithinBounds() => Bounds.IsDigest(Release) && Until >= Start;
}
