using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>What is still to sound here, and what an operator says about it while it does.</summary>
sealed class PlayQueue(Wakeup player, Wakeup fetcher, Interlock interlock, TimeProvider clock)
{
    readonly Lock gate = new();
    IReadOnlyList<Entry> open = [];
    IReadOnlyList<RecordedEntry> fillers = [];
    Entry? playing;
    string? stop;
    int version;

    public Entry? Playing
    {
        get
        {
            lock (gate)
                return playing;
        }
    }

    public IReadOnlyList<Entry> Open => Volatile.Read(ref open);

    /// <summary>What may sound in place of an item that cannot, the preferred first.</summary>
    public IReadOnlyList<RecordedEntry> Fillers => Volatile.Read(ref fillers);

    /// <summary>How loud it may be by the hour.</summary>
    public HourVolumes Hours { get; private set; } = new([]);

    /// <summary>Another number whenever something may be answered otherwise than before.</summary>
    public int Version => Volatile.Read(ref version);

    /// <summary>When the pause ends; null when there is none.</summary>
    public DateTimeOffset? PausedUntil => interlock.Pause.End;

    /// <summary>Puts a newer timetable in force; what sounds and is not among its items stops.</summary>
    public void Replace(
        IReadOnlyList<Entry> entries,
        IReadOnlyList<HourVolume>? volumes = null,
        IReadOnlyList<RecordedEntry>? filler = null
    )
    {
        lock (gate)
        {
            (open, fillers, Hours) = (entries, filler ?? [], new HourVolumes(volumes ?? []));
            if (playing is not null && !entries.Contains(playing))
                stop ??= StopReason.Withdrawn;
        }
        Changed();
        fetcher.Raise();
    }

    /// <summary>What is to sound first between two moments, of all that ranks higher than what sounds now.</summary>
    public Entry? Pick(DateTimeOffset from, DateTimeOffset until, int above = PlayOrder.Lowest)
    {
        lock (gate)
            return QueueView.Pick(from, until, above);
    }

    /// <summary>Whose time has come and whose sound is not here, so that something else is to sound in its place.</summary>
    public Entry? Missing(DateTimeOffset moment, int above = PlayOrder.Lowest)
    {
        lock (gate)
            return QueueView.Missing(moment, above);
    }

    /// <summary>What waits for its file, the most pressing first, fillers last.</summary>
    public IReadOnlyList<RecordedEntry> Wanted(DateTimeOffset now)
    {
        lock (gate)
            return
            [
                .. open.OfType<RecordedEntry>()
                    .Where(entry => entry.Stage == Stage.Waiting && now < entry.End)
                    .OrderBy(entry => entry.Item.Start > now)
                    .ThenByDescending(entry => entry.Item.Class)
                    .ThenBy(entry => entry.Item.Start),
                .. fillers.Where(entry => entry.Stage == Stage.Waiting),
            ];
    }

    /// <summary>All whose file is worth keeping.</summary>
    public IReadOnlyList<RecordedEntry> Needed
    {
        get
        {
            lock (gate)
                return [.. open.OfType<RecordedEntry>(), .. fillers];
        }
    }

    /// <summary>What is to be heard whole and has to wait for something of this rank will begin at its beginning.</summary>
    public void Defer(DateTimeOffset moment, int to)
    {
        lock (gate)
            QueueView.Defer(moment, to, playing);
    }

    /// <summary>What can no longer sound, each with the reason why it did not.</summary>
    public IReadOnlyList<Entry> Overdue(DateTimeOffset now)
    {
        lock (gate)
            return QueueView.Overdue(now, playing);
    }

    /// <summary>How long nothing changes by itself.</summary>
    /// <param name="ahead">How long before its start an item is to be made ready.</param>
    public TimeSpan Quiet(DateTimeOffset now, TimeSpan ahead)
    {
        lock (gate)
            return QueueView.Quiet(now, ahead);
    }

    /// <summary>Why what sounds must end now; null as long as it may go on.</summary>
    public string? WhyStop
    {
        get
        {
            lock (gate)
                return stop;
        }
    }

    /// <summary>Whether the item is still in force and not held back by an operator.</summary>
    public bool MaySound(Entry entry)
    {
        lock (gate)
            return open.Contains(entry) && interlock.Why(entry) is null;
    }

    /// <summary>An operator wants silence: what sounds ends for good, and so does what would sound in its place at once.</summary>
    /// <returns>False when nothing sounds.</returns>
    public bool Stop()
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (playing is null)
                return false;
            stop ??= StopReason.Stopped;
            foreach (var entry in open)
            {
                if (entry != playing && entry.Item.Class <= playing.Item.Class && entry.Covers(now))
                    (entry.Obstacle, entry.IsCalledOff) = (StopReason.Stopped, true);
            }
        }
        Changed();
        return true;
    }

    /// <summary>An operator wants the next one: what sounds ends for good.</summary>
    /// <returns>False when nothing sounds.</returns>
    public bool Next() => Playing is { } entry && StopIf(entry, StopReason.Skipped);

    /// <summary>Holds back all but emergencies; what sounds may go on afterwards if its time is not over.</summary>
    public void Pause(TimeSpan length)
    {
        interlock.Pause.Begin(length);
        Quieten();
    }

    /// <returns>False when there is no pause.</returns>
    public bool Resume()
    {
        lock (gate)
        {
            if (interlock.Pause.End is null)
                return false;
            interlock.Pause.Finish();
        }
        Changed();
        return true;
    }

    /// <summary>Without power only emergencies sound.</summary>
    public void SwitchAmplifier(bool on)
    {
        interlock.Amplifier.Set(on);
        Quieten();
    }

    /// <summary>The clock was put right: what is over now passed while the time was not known.</summary>
    public void ClockFound()
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            foreach (var entry in open.Where(entry => entry != playing && now >= entry.End))
                entry.Obstacle ??= StopReason.Clock;
        }
        Changed();
        fetcher.Raise();
    }

    /// <summary>False when this item does not sound.</summary>
    public bool StopIf(Entry entry, string reason)
    {
        lock (gate)
        {
            if (playing != entry)
                return false;
            stop ??= reason;
        }
        Changed();
        return true;
    }

    public void Begin(Entry entry)
    {
        lock (gate)
        {
            (playing, stop) = (entry, null);
            entry.Stage = Stage.Playing;
            // A newer timetable, or an operator, may have come between the choice and the beginning.
            stop = open.Contains(entry) ? interlock.Why(entry) : StopReason.Withdrawn;
        }
    }

    /// <summary>The sound is here and good.</summary>
    public void Ready(Entry entry)
    {
        lock (gate)
        {
            entry.Stage = Stage.Ready;
            if (entry.Obstacle == Refusal.MediaUnreachable)
                entry.Obstacle = null;
        }
        Changed();
    }

    /// <summary>The sound turned out not to be here.</summary>
    public void Lost(Entry entry)
    {
        lock (gate)
            entry.Stage = Stage.Waiting;
        Changed();
        fetcher.Raise();
    }

    /// <summary>The sound can never be good.</summary>
    /// <returns>False when nothing else may sound in its place, so that this is the item's last word.</returns>
    public bool Spoil(Entry entry, string reason)
    {
        if (entry.Item.Now && entry is RecordedEntry { IsFiller: false })
            return false;
        lock (gate)
            (entry.Stage, entry.Obstacle) = (Stage.Spoilt, reason);
        Changed();
        return true;
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
        Changed();
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
        Changed();
    }

    QueueView QueueView => new(open, interlock);

    void Quieten()
    {
        lock (gate)
        {
            if (playing is not null && interlock.Why(playing) is { } reason)
                stop ??= reason;
        }
        Changed();
    }

    void Changed()
    {
        Interlocked.Increment(ref version);
        player.Raise();
    }
}
