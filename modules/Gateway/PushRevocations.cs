using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// A key was revoked: every connected speaker hears it at once, the others when they come; speakers that stand on a
/// revoked key are shown out.
/// </summary>
sealed class PushRevocations(ITrust trust, RevokedKeys revoked, ISpeakerKeys keys, IConnectionRegistry connections)
    : IHear<RevocationsChanged>
{
    // Telling a speaker twice changes nothing: it takes only a newer list.
    public async Task Hear(RevocationsChanged news, Guid key, CancellationToken cancel)
    {
        // Before anybody is shown out, or he would come in again by the list of before.
        var list = await revoked.Renew(cancel);
        var hit = await keys.StandingOn(list.Kids, cancel);
        if (hit.Count > 0)
            await connections.Disconnect(hit, cancel);
        if (await trust.Revocations(cancel) is { } signed)
            await connections.SendToAll(AirTopic.InRevocations, new RevocationsMessage(signed).ToBytes(), cancel);
    }
}
