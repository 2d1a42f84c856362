using Loa.Air;
using Loa.Kernel;

namespace Loa.Devices.AsRun;

/// <summary>What sounded at a speaker without having been ordered, as the speaker's own record says.</summary>
sealed record LocalSound(string Source, DateTimeOffset Start, DateTimeOffset? End)
{
    /// <summary>In a word; a source that no list knows is shown as it came.</summary>
    public string SourceText => Words.Has("source." + Source) ? Words.Get("source." + Source) : Source;

    /// <summary>Null for a record of another kind.</summary>
    public static LocalSound? Of(StoredRecord stored) =>
        AirRecord.TryRead(stored.Jws, out var read, out _) && read.Document is { Source: { } source, Start: { } start }
            ? new(source, start, read.Document.End)
            : null;
}
