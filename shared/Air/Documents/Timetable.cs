using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>All that one speaker is to play between two moments, or what changes in the one it holds.</summary>
/// <param name="Items">With a base: those that are new or different.</param>
/// <param name="Base">The version that this one changes; absent when it is whole.</param>
/// <param name="Drop">Items of the base that are no more; absent when it is whole.</param>
/// <param name="Volumes">How loud it may be by the hour; absent with a base means as before.</param>
/// <param name="Filler">Digests of releases that may sound in place of an item that cannot, the first that is here.</param>
public sealed record Timetable(
    Guid Speaker,
    long Version,
    DateTimeOffset At,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<TimetableItem> Items,
    long? Base = null,
    IReadOnlyList<Guid>? Drop = null,
    IReadOnlyList<HourVolume>? Volumes = null,
    IReadOnlyList<string>? Filler = null
) : AirDocument<Timetable>, IAirDocument<Timetable>
{
    /// <summary>So many fit, however long each is written; a hundred a day for seven days.</summary>
    public const int MostItems = Bounds.Items;

    public static string Type => "loa-timetable";

    public static int MaxLength => 256 * 1024;

    public static JsonTypeInfo<Timetable> Shape => AirJson.Default.Timetable;

    public bool IsWithinBounds() =>
        Version > 0
        && (Base is null ? Drop is null : Base > 0 && Base < Version)
        && Bounds.FewWith(Items, MostItems, item => item.IsWithinBounds())
        && Bounds.Few(Drop, MostItems)
        && Bounds.FewWith(Volumes, Bounds.Hours, hour => hour.IsWithinBounds())
        && Bounds.FewWith(Filler, Bounds.Path, Bounds.IsDigest);
}

/// <summary>One release at one time.</summary>
/// <param name="Release">SHA-256 of the release's compact text in lower-case hex.</param>
/// <param name="Now">Play as soon as verified and not before the start, whole, as long as the clock is before the end.</param>
/// <param name="Volume">Its own volume 0–100, whatever else is set; absent means as set.</param>
/// <param name="Resume">After something more pressing it goes on where it stopped; else the rest is left out.</param>
/// <param name="Content">What sounds (<see cref="AirContent"/>); absent is a recording. A word that a speaker does not know spoils this item alone.</param>
public sealed record TimetableItem(
    Guid Id,
    Guid Broadcast,
    string Release,
    AirClass Class,
    DateTimeOffset Start,
    DateTimeOffset Until,
    bool Now = false,
    int? Volume = null,
    bool Resume = false,
    string? Content = null
)
{
    [JsonIgnore]
    public Precedence Precedence => new(Class, Start, Id);

    /// <summary>Whether this is what sounds.</summary>
    public bool Sounds(AirContent content) =>
        Content is null ? content == AirContent.Recording : Content == AirWord.Of(content);

    internal bool IsWithinBounds() =>
        Bounds.IsDigest(Release)
        && Until >= Start
        && Bounds.IsLevel(Volume)
        && (Content is null || Bounds.IsWord(Content));
}

/// <summary>From this minute of the day in the zone UTC+07:00 on, until the next: the share of the set volume, 0–100.</summary>
/// <param name="From">0–1439.</param>
public sealed record HourVolume(int From, int Level)
{
    internal bool IsWithinBounds() => From is >= 0 and < 1440 && Bounds.IsLevel(Level);
}
