using Loa.Air;
using Loa.Contracts.Newsroom;

namespace Loa.Contracts.Broadcasting;

/// <summary>One occurrence in one speaker's timetable, and why it is there.</summary>
/// <param name="Now">Play whole as soon as verified, while the clock is before <paramref name="Until"/>.</param>
public sealed record TimetableEntry(
    Guid Id,
    Guid BroadcastId,
    ReleasedBulletin Bulletin,
    DateTimeOffset Start,
    DateTimeOffset Until,
    bool Now,
    string Reason,
    AirContent Content = AirContent.Recording
)
{
    /// <summary>After something more pressing it goes on where it stopped.</summary>
    public bool Resume { get; init; }

    public Precedence Precedence => new(Bulletin.Class, Start, Id);
}

/// <summary>One item as it was ordered, whether or not the order still stands.</summary>
/// <param name="Units">Where it was ordered, each with all below it.</param>
public sealed record OrderedItem(
    Guid Id,
    Guid BroadcastId,
    Guid BulletinId,
    string Title,
    IReadOnlyList<Guid> Units,
    DateTimeOffset Start,
    DateTimeOffset Until,
    TimeSpan Duration
);

/// <summary>What Devices asks of Broadcasting.</summary>
public interface ITimetables
{
    /// <summary>For each place (its path from province to hamlet, keyed by speaker) the entries between two moments, in order of start, not overlapping.</summary>
    ValueTask<IReadOnlyDictionary<Guid, IReadOnlyList<TimetableEntry>>> For(
        IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> pathsBySpeaker,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    );

    /// <summary>Those of the items that were ever ordered, or planned to begin between two moments.</summary>
    ValueTask<IReadOnlyDictionary<Guid, OrderedItem>> Ordered(
        IReadOnlyCollection<Guid> items,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    );
}

/// <summary>What the other modules ask of what is on the air.</summary>
public interface IOnAir
{
    /// <summary>On how many speakers a bulletin sounds now or is still to sound: those that fall silent when it is withdrawn.</summary>
    ValueTask<int> SpeakersOf(Guid bulletinId, CancellationToken cancel);
}

/// <summary>What is planned in these units changed; the timetables of their speakers must be made anew.</summary>
[EventName("timetable-changed", Formerly = "Loa.Contracts.Broadcasting.TimetableChanged")]
public sealed record TimetableChanged(Guid BroadcastId, IReadOnlyList<Guid> Units);
