using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Servers;

/// <summary>Which server the speaker belongs to, and how it moves to another.</summary>
static class ServerParts
{
    public static Parts AddServers(this Parts parts)
    {
        var (settings, clock) = (parts.Get<Settings>(), parts.Get<TimeProvider>());
        var servers = parts.Add(
            new ServerTrial(
                parts.Get<Journal>(),
                settings,
                parts.Get<Identity>(),
                parts.Get<CommandReceipts>(),
                clock,
                parts.Get<EventLog>()
            )
        );
        var probe = new ServerProbe(parts.Get<HttpClient>(), parts.Get<Guard>(), clock);
        var change = parts.Add(
            new ChangeServer(servers, probe, parts.Get<Wakeups>().Sending, settings.LostAfter, clock)
        );
        parts
            .Get<CommandTable>()
            .Add(Command.ChangeServer, new Obedience(change.Order) { IsGoingOn = servers.Answers });
        return parts;
    }
}
