using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>What is still to sound here, and which of it comes first: emergency before priority before ordinary, then the earlier.</summary>
sealed class Programme(Signal player, Signal fetcher)
{
    static readonly TimeSpan longestSleep = TimeSpan.FromSeconds(15);

    readonly Lock gate = new();
    IReadOnlyList<Entry> open = [];
    Entry? playing;
    string? stop;

    public Entry? Playing
    {
        get
        {
            lock (gate)
                return playing;
        }
    }

    public IReadOnlyList<Entry> Open
    {
        get
        {
            lock (gate)
                return open;
        }
    }

    /// <summary>Puts a newer timetable's items in force; what sounds and is not among them stops.</summary>
    public void Replace(IReadOnlyList<Entry> entries)
    {
        lock (gate)
        {
            open = entries;
            if (playing is not null && !entries.Contains(playing))
                stop ??= StopReason.Withdrawn;
        }
        player.Raise();
        fetcher.Raise();
    }

    /// <summary>What is to sound at this moment.</summary>
    public Entry? Pick(DateTimeOffset moment)
    {
        lock (gate)
            return First(open.Where(entry => entry.Stage == Stage.Ready && entry.Covers(moment)));
    }

    /// <summary>What waits for its sound, the most pressing first.</summary>
    public IReadOnlyList<Entry> Wanted(DateTimeOffset now)
    {
        lock (gate)
            return
            [
                .. open.Where(entry => entry.Stage == Stage.Waiting && now < entry.End)
                    .OrderBy(entry => entry.Item.Start > now)
                    .ThenByDescending(entry => entry.Item.Class)
                    .ThenBy(entry => entry.Item.Start),
            ];
    }

    public IReadOnlyList<Entry> Overdue(DateTimeOffset now)
    {
        lock (gate)
            return [.. open.Where(entry => entry != playing && now >= entry.End)];
    }

    /// <summary>How long nothing changes by itself.</summary>
    public TimeSpan Quiet(DateTimeOffset now)
    {
        lock (gate)
        {
            var wait = longestSleep;
            foreach (var entry in open)
            {
                wait = Sooner(wait, entry.Item.Start - now);
                wait = Sooner(wait, entry.End - now);
            }
            return wait;
        }
    }

    /// <summary>Why what sounds must end now; null as long as it may go on.</summary>
    public string? WhyStop(DateTimeOffset now)
    {
        lock (gate)
        {
            if (stop is not null || playing is null)
                return stop;
            if (playing.IsCut && now >= playing.Item.Until)
                return StopReason.TimeOver;
            return null;
        }
    }

    /// <summary>What is more pressing at this moment than what sounds.</summary>
    public Entry? Outranking(DateTimeOffset moment)
    {
        lock (gate)
            return playing is null
                ? null
                : First(
                    open.Where(entry =>
                        entry.Stage == Stage.Ready && entry.Item.Class > playing.Item.Class && entry.Covers(moment)
                    )
                );
    }

    /// <summary>Stops whatever sounds; false when nothing does.</summary>
    public bool Stop(string reason) => Playing is { } entry && StopIf(entry, reason);

    /// <summary>False when this item does not sound.</summary>
    public bool StopIf(Entry entry, string reason)
    {
        lock (gate)
        {
            if (playing != entry)
                return false;
            stop ??= reason;
        }
        player.Raise();
        return true;
    }

    public void Begin(Entry entry)
    {
        lock (gate)
        {
            (playing, stop) = (entry, null);
            entry.Stage = Stage.Playing;
            // A newer timetable may have come between the choice and the beginning.
            if (!open.Contains(entry))
                stop = StopReason.Withdrawn;
        }
    }

    /// <summary>The sound is here and good.</summary>
    public void Ready(Entry entry)
    {
        Set(entry, Stage.Ready);
        player.Raise();
    }

    /// <summary>The sound turned out not to be here.</summary>
    public void Lost(Entry entry)
    {
        Set(entry, Stage.Waiting);
        fetcher.Raise();
    }

    /// <summary>The sound ended early, and the item may sound again.</summary>
    public void Reopen(Entry entry)
    {
        lock (gate)
        {
            if (playing == entry)
                (playing, stop) = (null, null);
            entry.Stage = Stage.Ready;
        }
    }

    /// <summary>The item had its last word.</summary>
    public void Close(Entry entry)
    {
        lock (gate)
        {
            if (playing == entry)
                (playing, stop) = (null, null);
            open = [.. open.Where(other => other != entry)];
        }
    }

    void Set(Entry entry, Stage stage)
    {
        lock (gate)
            entry.Stage = stage;
    }

    static Entry? First(IEnumerable<Entry> entries) =>
        entries
            .OrderByDescending(entry => entry.Item.Class)
            .ThenBy(entry => entry.Item.Start)
            .ThenBy(entry => entry.Item.Id)
            .FirstOrDefault();

    static TimeSpan Sooner(TimeSpan one, TimeSpan other) => other > TimeSpan.Zero && other < one ? other : one;
}
