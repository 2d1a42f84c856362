using Loa.Speaker.Messages;
using Loa.Speaker.Schedule;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Streams;

/// <summary>Sound that comes while it sounds.</summary>
static class StreamParts
{
    public static Parts AddStreams(this Parts parts)
    {
        var listening = new Listening(parts.Get<PlayQueue>(), parts.Get<AirClock>(), parts.Get<EventLog>());
        parts.Add(listening);
        parts.Get<MessageDispatch>().OnSound(listening.Take);
        return parts;
    }
}
