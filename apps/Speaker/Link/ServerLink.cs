using System.Security.Authentication;
using Loa.Mqtt;
using Loa.Speaker.Servers;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>The connection with the server: it is found again whenever it is lost, and nothing that must arrive is lost with it.</summary>
sealed class ServerLink(
    ServerTrial servers,
    ChangeServer elsewhere,
    ConnectionNonce nonce,
    MqttSession session,
    Conversation conversation,
    TimeProvider clock,
    EventLog log
)
{
    readonly Backoff backoff = new();

    /// <summary>The server does not believe that the speaker is who it says.</summary>
    public event Action? TurnedAway;

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            servers.GiveUpInTime();
            try
            {
                await Converse(servers.Current, cancel);
            }
            catch (MqttException lost)
            {
                session.Abort();
                log.Tell("disconnected", ("reason", lost.Reason), ("detail", lost.Message));
                // One that could not prove who it is has said nothing about who we are.
                if (lost is { Reason: ReasonCode.NotAuthorized, InnerException: not AuthenticationException })
                    TurnedAway?.Invoke();
            }
            conversation.Over();
            await elsewhere.LookElsewhere(cancel);
            if (session.Reached is not { } reached || servers.Current == reached)
                await Task.Delay(backoff.Next(), clock, cancel);
        }
    }

    /// <summary>The server has answered on this connection: it accepts the speaker.</summary>
    public void Accepted()
    {
        // Not for being let in: a server that drops everybody at once is not to be run over.
        backoff.Reset();
        if (session.Reached is { } server)
            servers.Accepted(server);
    }

    async Task Converse(ServerNote server, CancellationToken cancel)
    {
        log.Tell("connecting");
        // Before anything of this connection is heard: what the session kept from the one before is not fresh.
        nonce.Renew();
        var isUpToDate = await session.Connect(server, cancel);
        elsewhere.Reached();
        log.Tell("connected", ("server", server.Mqtt));
        await conversation.Run(server, isUpToDate, cancel);
        elsewhere.Reached();
        log.Tell("disconnected", ("reason", await session.HangUp(cancel)));
    }
}
