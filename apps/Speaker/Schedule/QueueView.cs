using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>What the open items say about a moment: which is to sound, which cannot, and how long nothing changes.</summary>
/// <remarks>Every question costs one look at each open item, and is asked when something changes, not for each frame of sound.</remarks>
readonly struct QueueView(IReadOnlyList<Entry> open, Interlock interlock)
{
    static readonly TimeSpan longestSleep = TimeSpan.FromSeconds(15);

    /// <summary>What is to sound first between two moments, of all that ranks higher than what sounds now.</summary>
    public Entry? Pick(DateTimeOffset from, DateTimeOffset until, int above)
    {
        Entry? first = null;
        for (var i = 0; i < open.Count; i++)
        {
            var entry = open[i];
            if (
                entry.Stage == Stage.Ready
                && PlayOrder.Rank(entry) > above
                && entry.Item.Start <= until
                && entry.End > from
                && PlayOrder.ComesBefore(entry, first, from)
                && interlock.Why(entry) is null
            )
                first = entry;
        }
        return first;
    }

    /// <summary>Whose time has come and whose sound is not here.</summary>
    public Entry? Missing(DateTimeOffset moment, int above)
    {
        Entry? first = null;
        for (var i = 0; i < open.Count; i++)
        {
            var entry = open[i];
            if (
                moment >= entry.Lacks
                && entry.Covers(moment)
                && entry.Note.Instead is null
                && PlayOrder.RankInstead(entry) > above
                && PlayOrder.ComesBefore(entry, first, moment)
                && interlock.Why(entry) is null
            )
                first = entry;
        }
        return first;
    }

    /// <summary>What is to be heard whole and has to wait for something as pressing or more so will begin at its beginning.</summary>
    public void Defer(DateTimeOffset moment, int to, Entry? playing)
    {
        for (var i = 0; i < open.Count; i++)
        {
            var entry = open[i];
            if (entry.Item.Resume && entry != playing && PlayOrder.Rank(entry) <= to && entry.Covers(moment))
                entry.GoesOnAt ??= 0;
        }
    }

    /// <summary>What can no longer sound, each with the reason why it did not.</summary>
    public IReadOnlyList<Entry> Overdue(DateTimeOffset now, Entry? playing)
    {
        List<Entry>? over = null;
        for (var i = 0; i < open.Count; i++)
        {
            var entry = open[i];
            if (entry == playing || (now < entry.End && !entry.IsCalledOff))
                continue;
            // Why it did not sound is seen now; whether it is really over may have to wait.
            entry.Obstacle ??= Hindrance(entry, playing);
            if (entry.IsCalledOff || interlock.ClockGrace == TimeSpan.Zero)
                (over ??= []).Add(entry);
        }
        return over ?? (IReadOnlyList<Entry>)[];
    }

    /// <summary>How long nothing changes by itself.</summary>
    /// <param name="ahead">How long before its start an item is to be made ready.</param>
    public TimeSpan Quiet(DateTimeOffset now, TimeSpan ahead)
    {
        var wait = Sooner(Sooner(longestSleep, interlock.StartupQuiet), interlock.ClockGrace);
        for (var i = 0; i < open.Count; i++)
        {
            var entry = open[i];
            wait = Sooner(wait, entry.Item.Start - ahead - now);
            wait = Sooner(wait, entry.Item.Start - now);
            wait = Sooner(wait, entry.Lacks - now);
            wait = Sooner(wait, entry.End - now);
        }
        return interlock.Pause.End is { } end ? Sooner(wait, end - now) : wait;
    }

    string Hindrance(Entry entry, Entry? playing)
    {
        if (entry.Seen >= entry.End)
            return StopReason.Late;
        if (interlock.Why(entry) is { } held)
            return held;
        if (entry.Stage == Stage.Waiting)
            return Refusal.MediaUnreachable;
        return playing is null ? StopReason.Late : StopReason.Outranked;
    }

    static TimeSpan Sooner(TimeSpan one, TimeSpan other) => other > TimeSpan.Zero && other < one ? other : one;
}
