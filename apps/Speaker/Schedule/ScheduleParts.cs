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
        var (notes, guard, records) = (parts.Get<Notebook>(), parts.Get<Guard>(), parts.Get<RecordBook>());
        var (outbox, letterbox) = (parts.Get<Outbox>(), parts.Get<Letterbox>());
        var (clock, log, wakeups) = (parts.Get<AirClock>(), parts.Get<EventLog>(), parts.Get<Wakeups>());
        var time = parts.Get<TimeSync>();

        var hold = parts.Add(new Hold(parts.Get<Pause>(), parts.Get<Amplifier>(), clock));
        var programme = parts.Add(new Programme(wakeups.Playing, wakeups.Fetching, hold, clock));
        var book = parts.Add(new ItemBook(notes, records, outbox, parts.Get<Identity>().Speaker, clock, log));
        var held = new HeldTimetable(notes);
        var inForce = new PutInForce(guard, held, programme, book, outbox, clock, log);
        var timetable = parts.Add(new TakeTimetable(guard, held, inForce, book, records, outbox, log));
        var placement = new TakePlacement(guard, timetable, letterbox, outbox, log);
        var revocations = new TakeRevocations(guard, timetable, letterbox, outbox, log);

        letterbox.On<TimetableMessage>(AirTopic.InTimetable, message => time.WhenKnown(() => timetable.Run(message)));
        letterbox.On<PlacementMessage>(AirTopic.InPlacement, placement.Run);
        letterbox.On<RevocationsMessage>(AirTopic.InRevocations, revocations.Run);
        time.Found += programme.ClockFound;
        time.Found += outbox.StateChanged;
        parts.AtStart(book.CloseInterrupted);
        parts.AtStart(timetable.Restore);
        return parts;
    }
}
