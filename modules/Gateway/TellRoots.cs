using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;

namespace Loa.Gateway;

/// <summary>
/// Tells speakers how the root came to be the one of today: on each connection before all else, because what comes after it may
/// be signed by the next one, and at once when it changes.
/// </summary>
sealed class TellRoots(ITrust trust, IConnectionRegistry connections)
{
    public async ValueTask Send(IGatewayNode node, IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        if (speakers.Count == 0 || Message() is not { } message)
            return;
        await connections.Send(
            [
                .. speakers
                    .Where(s => AirProtocol.IsThird(node.TermsOf(s)?.Protocol))
                    .Select(s => new OutgoingMessage(s, AirTopic.InRoot, message)),
            ],
            cancel
        );
    }

    public async Task SendToAll(CancellationToken cancel)
    {
        if (Message() is { } message)
            await connections.SendToAll(AirTopic.InRoot, message, cancel, AirProtocol.Third);
    }

    byte[]? Message() => trust.RootChanges is { Count: > 0 } roots ? new RootMessage(roots).ToBytes() : null;
}
