using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Brings to speakers the newest signed statement of where they stand.</summary>
sealed class PlacementSync(IServiceScopeFactory scopes, ITrust trust, IConnectionRegistry connections) : ISyncPart
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
        var messages = new List<OutgoingMessage>(keys.Count);
        foreach (var placed in keys.GroupBy(k => k.PlacedBy, StringComparer.Ordinal))
        {
            var proofs = await trust.DelegationsOf(placed.Key, cancel);
            messages.AddRange(placed.Select(key => Message(key, proofs)));
        }
        await connections.Send(messages, cancel);
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

    // With those of today: since it was signed, another root may have granted them.
    static OutgoingMessage Message(SpeakerKey key, IReadOnlyList<string> proofs) =>
        new(
            key.SpeakerId,
            AirTopic.InPlacement,
            new PlacementMessage(
                Jws.Low(key.Placement),
                [.. key.DelegationList.Union(proofs, StringComparer.Ordinal)]
            ).ToBytes()
        );
}
