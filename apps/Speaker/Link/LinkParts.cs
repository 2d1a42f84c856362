using Loa.Air;
using Loa.Jose;
using Loa.Mqtt.Client;
using Loa.Speaker.Commands;
using Loa.Speaker.Controls;
using Loa.Speaker.Health;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Servers;
using Loa.Speaker.Store;
using Loa.Speaker.Streams;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

namespace Loa.Speaker.Link;

/// <summary>The connection with the server, and all that is told on it.</summary>
static class LinkParts
{
    /// <param name="way">What is changed of the line where it is a simulated one.</param>
    public static Parts AddLink(this Parts parts, Func<MqttClientOptions, MqttClientOptions> way)
    {
        var (identity, guard) = (parts.Get<Identity>(), parts.Get<Guard>());
        var (clock, log) = (parts.Get<TimeProvider>(), parts.Get<EventLog>());
        var (ready, nonce) = (parts.Get<Wakeups>().Sending, parts.Get<ConnectionNonce>());
        var (servers, records) = (parts.Get<ServerTrial>(), parts.Get<RecordStore>());
        var (reports, dispatch) = (parts.Get<ReportQueue>(), parts.Get<MessageDispatch>());
        var (time, air) = (parts.Get<TimeSync>(), parts.Get<AirClock>());

        var line = parts.Add(
            new MqttLine(
                identity,
                parts.Get<SigningKey>(),
                parts.Get<Settings>().Authority,
                () => air.State == ClockState.Known,
                way
            )
        );
        var session = parts.Add(new MqttSession(identity.Speaker, line, dispatch, ready, clock, log));
        var report = new StateSnapshot(
            guard,
            parts.Get<TakeTimetable>(),
            parts.Get<PlayQueue>(),
            records,
            parts.Get<Volume>(),
            parts.Get<Packages>(),
            nonce
        );
        var news = new News(
            session,
            report,
            reports,
            parts.Get<CommandReceipts>(),
            parts.Get<Checkup>(),
            parts.Get<IDisk>(),
            clock
        );
        var streams = new StreamSubscriptions(parts.Get<Listening>(), session, log);
        var conversation = new Conversation(servers, session, time, news, streams, records, reports, ready);
        var link = parts.Add(
            new ServerLink(servers, parts.Get<ChangeServer>(), nonce, session, conversation, clock, log)
        );
        var acknowledgement = parts.Add(new TakeAcknowledgement(guard, records, nonce, log));
        acknowledgement.Accepted += link.Accepted;
        acknowledgement.Accepted += parts.Get<UpdateTrial>().Answered;
        dispatch.On<AckMessage>(AirTopic.InAck, message => time.WhenKnown(() => acknowledgement.Run(message)));
        parts.Loop(link.Run);
        return parts;
    }
}
