using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Brings to speakers the newest list of what the root no longer stands by.</summary>
sealed class RevocationSync(IServiceScopeFactory scopes, ITrust trust, IConnectionRegistry connections) : ISyncPart
{
    public async Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel)
    {
        if (await Newest(cancel) is not { } newest)
            return;
        var message = new RevocationsMessage(newest.Signed).ToBytes();
        await connections.Send(
            [
                .. speakers
                    .Where(s => newest.Version > (s.Revocations ?? 0))
                    .Select(s => new OutgoingMessage(s.Speaker, AirTopic.InRevocations, message)),
            ],
            cancel
        );
    }

    public async Task<IReadOnlyList<HeldVersions>> Behind(CancellationToken cancel)
    {
        if (await Newest(cancel) is not { } newest)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DevicesDb>()
            .Speakers.ThatSaidWhatTheyHold()
            .Where(s => newest.Version > s.RevocationsHeld)
            .AsHeld()
            .ToListAsync(cancel);
    }

    async ValueTask<(string Signed, long Version)?> Newest(CancellationToken cancel) =>
        await trust.Revocations(cancel) is { } signed && Revocations.TryRead(signed, out var read, out _)
            ? (signed, read.Document.Version)
            : null;
}
