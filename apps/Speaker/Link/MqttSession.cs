using Loa.Air;
using Loa.Mqtt;
using Loa.Mqtt.Client;
using Loa.Speaker.Messages;
using Loa.Speaker.Servers;

namespace Loa.Speaker.Link;

/// <summary>What the server in use remembers of this speaker between two connections: one client is one session; another server, another session.</summary>
sealed class MqttSession(
    Guid speaker,
    MqttLine line,
    MessageDispatch dispatch,
    Wakeup ready,
    TimeProvider clock,
    EventLog log
) : IAsyncDisposable
{
    MqttClient? client;
    bool hasToldAll;

    /// <summary>The server that was reached last in this session.</summary>
    public ServerNote? Reached { get; private set; }

    public bool IsConnected => client?.IsConnected == true;

    /// <summary>Connects and subscribes.</summary>
    /// <returns>False when the server must be told all anew.</returns>
    /// <exception cref="MqttException">It is not reached, or does not want to.</exception>
    public async Task<bool> Connect(ServerNote server, CancellationToken cancel)
    {
        if (client is null || Reached != server)
            await Renew(server);
        var isKnown = await client!.Connect(cancel);
        Reached = server;
        await client.Subscribe([Topics.AllIn(speaker)], Qos.AtLeastOnce, cancel);
        // A server that kept the session has all it acknowledged.
        var isUpToDate = isKnown && hasToldAll;
        hasToldAll = true;
        return isUpToDate;
    }

    /// <exception cref="MqttException">The server does not allow it, or is gone.</exception>
    public Task Hear(string topic, CancellationToken cancel) => client!.Subscribe([topic], Qos.AtMostOnce, cancel);

    public Task NoLongerHear(string topic, CancellationToken cancel) => client!.Unsubscribe([topic], cancel);

    /// <summary>Says something whose loss does no harm.</summary>
    public Task Say(AirTopic topic, byte[] message, CancellationToken cancel) =>
        client!.Publish(Topics.Of(speaker, topic), message, Qos.AtMostOnce, cancel);

    /// <summary>Returns when the server has it.</summary>
    public async Task Send(AirTopic topic, byte[] message, CancellationToken cancel)
    {
        try
        {
            await client!.Publish(Topics.Of(speaker, topic), message, Qos.AtLeastOnce, cancel);
        }
        catch (MqttException unread) when (unread.Reason == ReasonCode.PayloadFormatInvalid)
        {
            // It would not be read the next time either; the conversation goes on.
            log.Tell("not-understood", ("topic", topic), ("detail", unread.Message));
        }
    }

    /// <summary>In this order, and none waits for the answer to the one before.</summary>
    public Task Send(AirTopic topic, IEnumerable<byte[]> messages, CancellationToken cancel) =>
        Task.WhenAll(messages.Select(message => Send(topic, message, cancel)).ToArray());

    /// <summary>Hangs up in good order, if that was not done already.</summary>
    /// <returns>Why the connection ended.</returns>
    public async Task<ReasonCode> HangUp(CancellationToken cancel)
    {
        if (IsConnected)
            await client!.Disconnect(tellWill: true, cancel);
        return (await client!.Ended).Reason;
    }

    public void Abort() => client?.Abort();

    public async ValueTask DisposeAsync()
    {
        if (client is null)
            return;
        // Asked to shut down is gone as well, for those who look at the map.
        await client.Disconnect(tellWill: true, CancellationToken.None);
        await client.DisposeAsync();
    }

    async Task Renew(ServerNote server)
    {
        if (client is not null)
            await client.DisposeAsync();
        (Reached, hasToldAll) = (null, false);
        client = new MqttClient(
            line.Options(server) with
            {
                Received = (message, _) =>
                {
                    dispatch.Take(message);
                    return ValueTask.CompletedTask;
                },
            },
            clock
        );
        client.Disconnected += _ => ready.Raise();
    }
}
