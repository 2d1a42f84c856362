using Loa.Contracts.Gateway;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Tells the gateway by which keys the speakers of the registry may connect.</summary>
sealed class SpeakerKeys(IServiceScopeFactory scopes) : ISpeakerKeys
{
    public async ValueTask<IReadOnlyList<StoredKey>> Find(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        return await (
            from k in db.Keys.AsNoTracking()
            where speakers.Contains(k.SpeakerId)
            join s in db.Speakers on k.SpeakerId equals s.Id
            select new StoredKey(k.SpeakerId, k.Kid, k.Jwk, k.PlacedBy, s.Line)
        ).ToListAsync(cancel);
    }

    public async ValueTask<IReadOnlyList<Guid>> StandingOn(IReadOnlyCollection<string> kids, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        return await db
            .Keys.AsNoTracking()
            .Where(k => kids.Contains(k.Kid) || kids.Contains(k.PlacedBy))
            .Select(k => k.SpeakerId)
            .ToListAsync(cancel);
    }
}
