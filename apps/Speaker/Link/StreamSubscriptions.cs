using Loa.Air;
using Loa.Mqtt;
using Loa.Speaker.Streams;

namespace Loa.Speaker.Link;

/// <summary>Asks the server for the streams that are wanted, and gives up those that no longer are.</summary>
sealed class StreamSubscriptions(Listening listening, MqttSession session, EventLog log)
{
    readonly HashSet<Guid> heard = [];

    /// <summary>How long nothing is to be asked for by itself.</summary>
    public TimeSpan Pause => listening.Pause;

    /// <summary>A new connection: whatever the server remembers, it is asked again.</summary>
    public void Begin() => heard.Clear();

    public async Task Follow(CancellationToken cancel)
    {
        var wanted = listening.Wanted();
        foreach (var stream in wanted.Where(stream => !heard.Contains(stream)).ToList())
        {
            // Once for each connection: a server that does not allow it will not in a moment either.
            heard.Add(stream);
            try
            {
                await session.Hear(Topics.Sound(stream), cancel);
                log.Tell("stream", ("stream", stream));
            }
            catch (MqttException refused) when (session.IsConnected)
            {
                log.Tell("stream-away", ("stream", stream), ("detail", refused.Message));
            }
        }
        foreach (var stream in heard.Except(wanted).ToList())
        {
            await session.NoLongerHear(Topics.Sound(stream), cancel);
            heard.Remove(stream);
        }
    }
}
