using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;

namespace Loa.Speaker.Servers;

/// <summary>The speaker moves to another server of its province: by an operator's order, or because its own has another address now.</summary>
/// <param name="lost">So long without a connection, and it asks.</param>
sealed class ChangeServer(ServerTrial servers, ServerProbe probe, Wakeup changed, TimeSpan lost, TimeProvider clock)
{
    long asked = clock.GetTimestamp();

    public Execution Order(Command command, CommandMessage message, WriteBatch changes)
    {
        var address = new Uri(command.Args.Server!);
        return async cancel =>
        {
            if (await probe.Ask(address, cancel) is not { } answer)
                return Outcome.Failed(CommandFailure.ServerUnreachable);
            if (!answer.SameRoot)
                return Outcome.Failed(CommandFailure.ServerRoot);
            servers.Try(answer.Server, command.Id);
            changed.Raise();
            return Outcome.Later;
        };
    }

    /// <summary>There is a connection: the address is good.</summary>
    public void Reached() => asked = clock.GetTimestamp();

    /// <summary>After a long time without a connection: asks whether the server is to be reached elsewhere now.</summary>
    public async Task LookElsewhere(CancellationToken cancel)
    {
        if (servers.IsTrying || clock.GetElapsedTime(asked) < lost)
            return;
        asked = clock.GetTimestamp();
        var old = servers.Current;
        if (await probe.Ask(old.Http, cancel) is { SameRoot: true } answer && !answer.Server.IsSameAs(old))
            servers.Try(answer.Server, command: null);
    }
}
