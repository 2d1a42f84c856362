using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>What is to sound, and when.</summary>
static class ScheduleParts
{
    public static Parts AddSchedule(this Parts parts)
    {
        var (journal, guard, records) = (parts.Get<Journal>(), parts.Get<Guard>(), parts.Get<RecordStore>());
        var (reports, dispatch) = (parts.Get<ReportQueue>(), parts.Get<MessageDispatch>());
        var (clock, log, wakeups) = (parts.Get<AirClock>(), parts.Get<EventLog>(), parts.Get<Wakeups>());
        var time = parts.Get<TimeSync>();

        var interlock = parts.Add(new Interlock(parts.Get<Pause>(), parts.Get<Amplifier>(), clock));
        var queue = parts.Add(new PlayQueue(wakeups.Playing, wakeups.Fetching, interlock, clock));
        var items = parts.Add(new ItemStore(journal, records, reports, parts.Get<Identity>().Speaker, clock, log));
        var held = new HeldTimetable(journal);
        var inForce = new PutInForce(guard, held, queue, items, reports, clock, log);
        var timetable = parts.Add(new TakeTimetable(guard, held, inForce, items, records, reports, log));
        var placement = new TakePlacement(guard, timetable, dispatch, reports, log);
        var revocations = new TakeRevocations(guard, timetable, dispatch, reports, log);

        dispatch.On<TimetableMessage>(AirTopic.InTimetable, message => time.WhenKnown(() => timetable.Run(message)));
        dispatch.On<PlacementMessage>(AirTopic.InPlacement, placement.Run);
        dispatch.On<RevocationsMessage>(AirTopic.InRevocations, revocations.Run);
        time.Found += queue.ClockFound;
        time.Found += reports.StateChanged;
        parts.AtStart(items.CloseInterrupted);
        parts.AtStart(timetable.Restore);
        return parts;
    }
}
