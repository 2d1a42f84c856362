using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>A timetable, or a change of it, comes over the air: it is believed, kept and put in force, or refused with a record.</summary>
sealed class TakeTimetable(
    Guard guard,
    HeldTimetable held,
    PutInForce putInForce,
    ItemStore items,
    RecordStore records,
    ReportQueue reports,
    EventLog log
)
{
    // For the live view; the record is the proof.
    const int MostTold = 16;

    string? unbased;
    volatile Timetable? inForce;

    /// <summary>What the server is told: the version held, or 0 when only a whole timetable helps.</summary>
    public long Version => unbased is null ? held.Version : 0;

    /// <summary>Where media are fetched, if the server said so.</summary>
    public string? Media => held.Media;

    /// <summary>All changes joined; null when nothing that is held may be believed.</summary>
    public Timetable? InForce => inForce;

    /// <summary>After a restart: what was in force is in force again, if it may still be believed.</summary>
    public void Restore()
    {
        held.Restore();
        Reconsider();
        putInForce.NotePassed();
    }

    public void Run(TimetableMessage message)
    {
        guard.Learn(message.Delegations);
        if (held.Has(message.Timetable))
        {
            Reconsider();
            return;
        }
        var verdict = guard.Timetable(message.Timetable, held.Version);
        if (verdict.Reason == Refusal.TimetableBase)
        {
            WantWhole(message.Timetable);
            return;
        }
        if (!verdict.Ok)
        {
            Refuse(message.Timetable, verdict.Reason);
            return;
        }
        var change = verdict.Document;
        if (change.Base is null)
            Take(message, change, change);
        else if (inForce?.With(change) is { Items.Count: <= Timetable.MostItems } joined && MayGrow())
            Take(message, change, joined);
        else
            WantWhole(message.Timetable);
    }

    /// <summary>Asks again whether what is in force may be believed: the place, or the list of revocations, has changed.</summary>
    public void Reconsider()
    {
        Timetable? joined = null;
        foreach (var part in held.Parts)
        {
            var verdict = guard.Timetable(part.Timetable, null);
            if (!verdict.Ok)
            {
                inForce = null;
                Refuse(part.Timetable, verdict.Reason);
                putInForce.Nothing();
                return;
            }
            joined = joined?.With(verdict.Document) ?? verdict.Document;
        }
        if (joined is not null)
            Adopt(joined);
    }

    bool MayGrow() => held.Parts.Count <= HeldTimetable.MostChanges;

    void Take(TimetableMessage message, Timetable came, Timetable joined)
    {
        held.Keep(message, came);
        unbased = null;
        log.Tell("timetable", ("version", held.Version), ("base", came.Base), ("items", joined.Items.Count));
        Adopt(joined);
        reports.StateChanged();
    }

    // Once for each change that hangs in the air, so that a server that does not understand is not asked for ever.
    void WantWhole(string timetable)
    {
        log.Tell("timetable-unbased", ("held", held.Version));
        if (unbased == timetable)
            return;
        unbased = timetable;
        reports.StateChanged();
    }

    void Adopt(Timetable timetable)
    {
        inForce = timetable;
        putInForce.Run(timetable);
    }

    void Refuse(string timetable, string reason)
    {
        log.Tell("timetable-refused", ("reason", reason));
        records.Refuse(RefusalSubject.Timetable, reason, timetable);
        if (!Timetable.TryRead(timetable, out var read, out _))
            return;
        foreach (var item in read.Document.Items.Where(item => !items.Knows(item.Id)).Take(MostTold))
            reports.Progress(item, ItemProgress.Refused, reason);
    }
}
