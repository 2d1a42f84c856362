namespace Loa.Contracts.Devices;

/// <summary>What the registry asks about its speakers' timetables, plays and records, for those that it shows.</summary>
public interface ISpeakerPlays
{
    /// <summary>The version of the timetable that each is to hold; none for one that has none yet.</summary>
    ValueTask<IReadOnlyDictionary<Guid, long>> Timetables(IReadOnlyCollection<Guid> speakers, CancellationToken cancel);

    /// <summary>The title of what each plays, as far as it was told to play it.</summary>
    /// <param name="playing">Speaker → item.</param>
    ValueTask<IReadOnlyDictionary<Guid, string>> Titles(
        IReadOnlyDictionary<Guid, Guid> playing,
        CancellationToken cancel
    );

    /// <summary>What a speaker did of late.</summary>
    ValueTask<SpeakerPast> Past(Guid speaker, CancellationToken cancel);

    /// <summary>A part of all that a speaker was to play, and how much there is.</summary>
    ValueTask<(IReadOnlyList<PastPlay> Rows, int Total)> Plays(
        Guid speaker,
        PlaysAsked asked,
        int skip,
        int take,
        CancellationToken cancel
    );

    /// <summary>What it did between two moments: what was to be played then, what it refused, what sounded by itself.</summary>
    ValueTask<SpeakerPast> Between(Guid speaker, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>How many records of each board of a place are at hand, by the board's key id.</summary>
    ValueTask<IReadOnlyDictionary<string, long>> Records(Guid speaker, CancellationToken cancel);
}

/// <summary>What the registry asks while reports are stored.</summary>
public interface IOpenRefusals : IBatchPart
{
    /// <summary>Whether the speaker refuses something that is still to be played after a moment.</summary>
    ValueTask<bool> Any(Guid speaker, DateTimeOffset after, CancellationToken cancel);
}
