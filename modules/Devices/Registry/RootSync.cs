using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Brings to speakers that still obey a root of before how another took its place, all changes in turn.</summary>
sealed class RootSync(IServiceScopeFactory scopes, ITrust trust, IConnectionRegistry connections) : ISyncPart
{
    public async Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        if (Newest is not { } newest)
            return;
        var message = new RootMessage(newest.Changes).ToBytes();
        await connections.Send(
            [
                .. speakers
                    // One that does not say which it obeys is told on each connection.
                    .Where(s => s.Root is { } held && held != newest.Root)
                    .Select(s => new OutgoingMessage(s.Speaker, AirTopic.InRoot, message)),
            ],
            cancel
        );
    }

    public async Task<IReadOnlyList<HeldVersions>> Behind(CancellationToken cancel)
    {
        if (Newest is not { } newest)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DevicesDb>()
            .Speakers.ThatSaidWhatTheyHold()
            .Where(s => s.RootHeld != null && s.RootHeld != newest.Root)
            .AsHeld()
            .ToListAsync(cancel);
    }

    Roots? Newest => trust is { Root: { } root, RootChanges: { Count: > 0 } changes } ? new(root.KeyId, changes) : null;

    sealed record Roots(string Root, IReadOnlyList<string> Changes);
}
