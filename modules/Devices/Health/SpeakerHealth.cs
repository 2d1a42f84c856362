using Loa.Air;
using Loa.Devices.Registry;

namespace Loa.Devices.Health;

/// <summary>How one speaker fares, in memory: what it told last, how each watched thing stands, and what is not stored yet.</summary>
sealed class SpeakerHealth(Guid id)
{
    // So many changes at once and then so many a minute are believed; a speaker that flaps more is looked at again each minute.
    const double MostAtOnce = 20;
    const double PerMinute = 0.5;

    readonly Lock gate = new();
    readonly Stand[] stands = new Stand[Enum.GetValues<SignalKind>().Length];
    readonly RecentPoints recent = new();
    readonly List<Signal> unstored = [];
    HealthMessage? known;
    HourTally? hour;
    DateTimeOffset at;
    DateTimeOffset refilled;
    double left = MostAtOnce;
    bool complete;
    bool waiting;

    public Guid Id => id;

    /// <summary>What pages show.</summary>
    /// <param name="Complete">It has told all on this connection; before that the numbers are those of before.</param>
    public sealed record Picture(
        HealthMessage Vitals,
        IReadOnlyList<Stand> Stands,
        DateTimeOffset At,
        bool Complete,
        Alarms Alarms
    );

    /// <summary>Takes what was stored before this server started.</summary>
    public void Remember(HealthMessage vitals, IReadOnlyDictionary<SignalKind, Stand> before, DateTimeOffset when)
    {
        lock (gate)
        {
            (known, at) = (vitals, when);
            foreach (var (kind, stand) in before)
                stands[(int)kind] = stand;
        }
    }

    /// <summary>On a new connection nothing is known until it is told; how things stood stays, so that coming back is no change.</summary>
    public void Connected()
    {
        lock (gate)
            complete = false;
    }

    /// <summary>True when it now has something to store and is not in the queue yet.</summary>
    public bool Take(HealthMessage news, DateTimeOffset when, HealthOptions edges, out HourTally? over)
    {
        lock (gate)
        {
            var first = !complete;
            known = complete && known is not null ? known.After(news) : news;
            (complete, at) = (true, when);
            over = CloseHour(when);
            hour ??= new(id, HourTally.HourOf(when));
            hour.Add(known, when);
            foreach (var metric in Metrics.All)
                if (Metrics.ValueOf(metric, known) is { } value)
                    recent.Add(metric, value, when);
            var changed = Compare(when, edges);
            // Its row may have been renewed while it was away (another board, another place).
            return Queue(changed || (first && AlarmsNow() != Alarms.None));
        }
    }

    bool Compare(DateTimeOffset when, HealthOptions edges)
    {
        var changed = false;
        foreach (var kind in HealthRules.Told)
        {
            var before = stands[(int)kind];
            var state = HealthRules.StateOf(kind, known!, before.State, edges, out var number);
            if (state == before.State || (before.State is not null && !MayChange(when)))
                continue;
            stands[(int)kind] = new(state, when);
            // That something is well is no news when nothing was known before.
            if (before.State is null && HealthRules.AlarmOf(kind, state) == Alarms.None)
                continue;
            unstored.Add(
                new()
                {
                    SpeakerId = id,
                    Kind = kind,
                    From = before.State,
                    To = state,
                    At = when,
                    Number = number,
                }
            );
            changed = true;
        }
        return changed;
    }

    bool MayChange(DateTimeOffset when)
    {
        var passed = Math.Max(0, (when - refilled).TotalMinutes);
        (left, refilled) = (Math.Min(MostAtOnce, left + passed * PerMinute), when);
        if (left < 1)
            return false;
        left--;
        return true;
    }

    bool Queue(bool worth)
    {
        if (!worth || waiting)
            return false;
        return waiting = true;
    }

    /// <summary>The hour that is over, if one is; it is given out once.</summary>
    public HourTally? Close(DateTimeOffset when)
    {
        lock (gate)
            return CloseHour(when);
    }

    HourTally? CloseHour(DateTimeOffset when)
    {
        if (hour is null || HourTally.HourOf(when) == hour.Hour)
            return null;
        (var over, hour) = (hour, null);
        return over;
    }

    /// <summary>What is not stored yet, given out once; <see cref="GiveBack"/> when storing failed.</summary>
    public IReadOnlyList<Signal> TakeUnstored()
    {
        lock (gate)
        {
            waiting = false;
            Signal[] taken = [.. unstored];
            unstored.Clear();
            return taken;
        }
    }

    public bool GiveBack(IReadOnlyList<Signal> signals)
    {
        lock (gate)
        {
            unstored.InsertRange(0, signals);
            return Queue(true);
        }
    }

    public Picture? Now()
    {
        lock (gate)
            return known is null ? null : new(known, [.. stands], at, complete, AlarmsNow());
    }

    public IReadOnlyList<Point> Recent(Metric metric)
    {
        lock (gate)
            return recent.Of(metric);
    }

    public DateTimeOffset At
    {
        get
        {
            lock (gate)
                return at;
        }
    }

    Alarms AlarmsNow()
    {
        var alarms = Alarms.None;
        for (var kind = 0; kind < stands.Length; kind++)
            alarms |= HealthRules.AlarmOf((SignalKind)kind, stands[kind].State);
        return alarms;
    }
}
