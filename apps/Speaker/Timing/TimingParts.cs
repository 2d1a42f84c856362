using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Timing;

/// <summary>The clock that everything else reads, and the answers of the server that put it right.</summary>
static class TimingParts
{
    public static Parts AddClock(this Parts parts, TimeProvider machine)
    {
        var journal = parts.Get<Journal>();
        var clock = parts.Add(new AirClock(machine, Earliest.Of(journal), Earliest.Noted(journal)?.Skew));
        var wakeups = parts.Add(new Wakeups(clock));
        clock.Woke += wakeups.Sending.Raise;
        return parts.Lend<TimeProvider>(clock);
    }

    public static Parts AddTiming(this Parts parts)
    {
        var time = parts.Add(
            new TimeSync(
                parts.Get<AirClock>(),
                parts.Get<Guard>(),
                parts.Get<Journal>(),
                parts.Get<RecordStore>(),
                parts.Get<Wakeups>().Sending,
                parts.Get<EventLog>()
            )
        );
        parts.Get<MessageDispatch>().On<TimeMessage>(AirTopic.InTime, time.Take);
        parts.Loop(time.Run);
        return parts;
    }
}
