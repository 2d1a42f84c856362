using Loa.Air;
using Loa.Speaker.Records;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Messages;

/// <summary>What goes to the server, and what comes from it; each part says which messages it takes.</summary>
static class MessageParts
{
    public static Parts AddMessages(this Parts parts)
    {
        var (clock, log) = (parts.Get<TimeProvider>(), parts.Get<EventLog>());
        var queue = parts.Add(new ReportQueue(parts.Get<Wakeups>().Sending, clock));
        var dispatch = parts.Add(new MessageDispatch(parts.Get<Identity>().Speaker, parts.Get<RecordStore>(), log));
        dispatch.On<RootMessage>(AirTopic.InRoot, new TakeRootChange(parts.Get<Guard>(), queue, log).Run);
        return parts;
    }
}
