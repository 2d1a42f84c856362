using System.Globalization;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Store;

namespace Loa.Speaker.Schedule;

/// <summary>The timetable a speaker holds, as it came: a whole one and the changes since, kept so that each can be judged again.</summary>
sealed class HeldTimetable(Journal journal)
{
    /// <summary>So many changes are kept beside a whole one; then the next whole one is wanted.</summary>
    public const int MostChanges = 32;

    const string ChangePrefix = "timetable/";

    volatile IReadOnlyList<TimetableMessage> parts = [];

    /// <summary>The whole one first, then the changes in their order; empty when nothing is held.</summary>
    public IReadOnlyList<TimetableMessage> Parts => parts;

    /// <summary>The highest version that was ever taken.</summary>
    public long Version { get; private set; }

    /// <summary>Where media are fetched, if the server said so.</summary>
    public string? Media => parts.LastOrDefault(part => part.Media is not null)?.Media;

    public bool Has(string timetable) => parts.Any(part => part.Timetable == timetable);

    public void Restore()
    {
        Version = long.TryParse(
            journal.Text(JournalKeys.TimetableVersion),
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version
            : 0;
        if (journal.Value(JournalKeys.Timetable, AirJson.Default.TimetableMessage) is not { } whole)
            return;
        var changes = journal.Keys(ChangePrefix).Select(key => journal.Value(key, AirJson.Default.TimetableMessage)!);
        parts = [.. changes.Prepend(whole).Select(part => part with { Timetable = Jws.Low(part.Timetable) })];
    }

    /// <summary>Keeps what was believed; a power cut leaves either what was held before or what is held after.</summary>
    public void Keep(TimetableMessage message, Timetable timetable)
    {
        var changes = new WriteBatch().Put(JournalKeys.TimetableVersion, $"{timetable.Version}");
        if (timetable.Base is null)
        {
            changes.Put(JournalKeys.Timetable, message, AirJson.Default.TimetableMessage);
            foreach (var key in journal.Keys(ChangePrefix))
                changes.Forget(key);
        }
        else
        {
            changes.Put($"{ChangePrefix}{parts.Count:d3}", message, AirJson.Default.TimetableMessage);
        }
        journal.Commit(changes);
        Version = timetable.Version;
        parts = timetable.Base is null ? [message] : [.. parts, message];
    }

    /// <summary>The compact texts of all releases that came with it, by the digest by which items name them.</summary>
    /// <remarks>One that was approved before signatures had one spelling keeps its name and is turned to be verified.</remarks>
    public Dictionary<string, string> Releases() =>
        parts
            .SelectMany(part => part.Releases)
            .GroupBy(Jws.Digest)
            .ToDictionary(same => same.Key, same => Jws.Low(same.First()));
}
