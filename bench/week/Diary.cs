using System.Text.Json;
using Loa.Air;
using Loa.Jose;

namespace Loa.Bench.Week;

/// <summary>What is known of one speaker's week: what it took and when, by the true time, and what it says it played.</summary>
sealed class Diary(World world, Guid speaker, PublicKey key)
{
    readonly Dictionary<long, DateTimeOffset> taken = [];
    readonly Dictionary<string, DateTimeOffset> fetched = [];
    readonly Dictionary<Guid, TimeSpan> clockOff = [];

    readonly Dictionary<Guid, DateTimeOffset> written = [];

    /// <summary>The speaker's own idea of the time since it was switched on.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>When an item was ordered to begin.</summary>
    public Func<Guid, DateTimeOffset> PlannedAt { get; set; } = _ => default;

    public RecordHead Head { get; private set; } = RecordHead.Start;

    public List<AirRecord> Plays { get; } = [];

    /// <summary>Refusals of documents, by reason.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>Records that did not follow the last one, or were not signed by this speaker.</summary>
    public List<string> Faults { get; } = [];

    public int Repeats { get; private set; }

    public void Fetched(string digest) => fetched.TryAdd(digest, world.Now);

    /// <summary>When a version of the timetable, or a later one, was on the speaker's disk.</summary>
    public DateTimeOffset? Taken(long version) =>
        taken.Where(pair => pair.Key >= version).Select(pair => (DateTimeOffset?)pair.Value).Min();

    public DateTimeOffset? SoundCame(string digest) => fetched.TryGetValue(digest, out var at) ? at : null;

    /// <summary>How far the speaker's clock was from the truth when the item first began.</summary>
    public TimeSpan? ClockOff(Guid item) => clockOff.TryGetValue(item, out var off) ? off : null;

    /// <summary>When it really was when the last record of an item was written.</summary>
    public DateTimeOffset? Written(Guid item) => written.TryGetValue(item, out var at) ? at : null;

    /// <summary>A line of the speaker's log.</summary>
    public void Log(string line)
    {
        if (line.Contains("\"event\":\"timetable\"", StringComparison.Ordinal))
            taken.TryAdd(Read(line).GetProperty("version").GetInt64(), world.Now);
        else if (line.Contains("\"event\":\"playing\"", StringComparison.Ordinal))
            Begins(Read(line).GetProperty("item").GetGuid(), Read(line).GetProperty("late_ms").GetInt64());
        else if (line.Contains("\"event\":\"recorded\"", StringComparison.Ordinal))
            written[Read(line).GetProperty("item").GetGuid()] = world.Now;
    }

    public void Take(string compact)
    {
        var verdict = RecordChain.Verify(Head, compact, speaker, key, out var link, out var next);
        if (verdict.Ok && link == RecordLink.Repeat)
            Repeats++;
        else if (!verdict.Ok || link != RecordLink.Next)
            Faults.Add($"{verdict.Reason} {link} after {Head.Seq}");
        else if (verdict.Document.Kind == RecordKind.Play)
            Plays.Add(verdict.Document);
        else
            Refusals.Add($"{verdict.Document.Subject} {verdict.Document.Reason}");
        if (link == RecordLink.Next)
            Head = next;
    }

    // It is told half a second ahead; the clock is looked at in the very moment.
    void Begins(Guid item, long lateMilliseconds)
    {
        var clock = Clock!;
        if (clockOff.ContainsKey(item))
            return;
        var ahead = PlannedAt(item).AddMilliseconds(lateMilliseconds) - clock.GetUtcNow();
        clockOff[item] = clock.GetUtcNow() - world.Now;
        if (ahead > TimeSpan.Zero)
            world.After(ahead, () => clockOff[item] = clock.GetUtcNow() - world.Now);
    }

    static JsonElement Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
