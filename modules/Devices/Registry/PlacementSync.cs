using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Brings to speakers the newest signed statement of where they stand.</summary>
sealed class PlacementSync(IServiceScopeFactory scopes, IConnectionRegistry connections) : ISyncPart
{
    public async Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        var held = speakers.ToDictionary(s => s.Speaker, s => s.Placement ?? 0);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var desired = await db
            .Keys.AsNoTracking()
            .Where(k => held.Keys.Contains(k.SpeakerId))
            .Select(k => new { k.SpeakerId, k.PlacementVersion })
            .ToListAsync(cancel);
        Guid[] behind = [.. desired.Where(d => d.PlacementVersion > held[d.SpeakerId]).Select(d => d.SpeakerId)];
        if (behind.Length == 0)
            return;
        var keys = await db.Keys.AsNoTracking().Where(k => behind.Contains(k.SpeakerId)).ToListAsync(cancel);
        await connections.Send([.. keys.Select(Message)], cancel);
    }

    public async Task<IReadOnlyList<HeldVersions>> Behind(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DevicesDb>()
            .Speakers.ThatSaidWhatTheyHold()
            .Where(s => s.PlacementVersion > s.PlacementHeld)
            .AsHeld()
            .ToListAsync(cancel);
    }

    static OutgoingMessage Message(SpeakerKey key) =>
        new(
            key.SpeakerId,
            AirTopic.InPlacement,
            new PlacementMessage(Jws.Low(key.Placement), key.DelegationList).ToBytes()
        );
}
