using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Devices.Timetables;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Gateway;

/// <summary>Compares what speakers hold with what they are to hold, and sends what is newer.</summary>
sealed class Sync(IServiceScopeFactory scopes, IDirectory directory, TimetableDispatch dispatch, MakeTimetables make)
{
    public async Task Bring(IReadOnlyList<Speaker> speakers, CancellationToken cancel)
    {
        if (speakers.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        await BringTimetables(db, speakers, cancel);
        await BringPlacements(db, speakers, cancel);
        await BringRevocations(scope.ServiceProvider.GetRequiredService<ITrust>(), speakers, cancel);
    }

    /// <summary>The newest list of revocations to all who are connected.</summary>
    public async Task Revoke(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var trust = scope.ServiceProvider.GetRequiredService<ITrust>();
        if (await trust.Revocations(cancel) is { } revocations)
            await directory.SayToAll(AirTopic.InRevocations, new RevocationsMessage(revocations).ToBytes(), cancel);
    }

    /// <summary>Its newest placement to one speaker that was moved.</summary>
    public async Task Place(Speaker speaker, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await BringPlacements(scope.ServiceProvider.GetRequiredService<DevicesDb>(), [speaker], cancel);
    }

    async Task BringTimetables(DevicesDb db, IReadOnlyList<Speaker> speakers, CancellationToken cancel)
    {
        Guid[] ids = [.. speakers.Select(s => s.Id)];
        var versions = await db
            .Timetables.AsNoTracking()
            .Where(t => ids.Contains(t.SpeakerId))
            .Select(t => new
            {
                t.SpeakerId,
                t.Version,
                t.Room,
            })
            .ToDictionaryAsync(t => t.SpeakerId, cancel);
        Guid[] behind =
        [
            .. speakers
                .Where(s => versions.GetValueOrDefault(s.Id) is { } made && made.Version > (s.TimetableHeld ?? 0))
                .Where(s => versions[s.Id].Room == s.LargestMessage)
                .Select(s => s.Id),
        ];
        if (behind.Length > 0)
            await dispatch.Send(
                db,
                await db.Timetables.AsNoTracking().Where(t => behind.Contains(t.SpeakerId)).ToListAsync(cancel),
                cancel
            );
        // A speaker that is ahead of us, that takes other messages than before, or for which none was made, gets a new one: versions
        // only go forward.
        Guid[] without =
        [
            .. speakers
                .Where(s => s.Kid is not null)
                .Where(s =>
                    !versions.TryGetValue(s.Id, out var made)
                    || made.Version < s.TimetableHeld
                    || made.Room != s.LargestMessage
                )
                .Select(s => s.Id),
        ];
        if (without.Length > 0)
            await make.For(without, cancel);
    }

    async Task BringPlacements(DevicesDb db, IReadOnlyList<Speaker> speakers, CancellationToken cancel)
    {
        Guid[] behind = [.. speakers.Where(s => s.PlacementVersion > (s.PlacementHeld ?? 0)).Select(s => s.Id)];
        if (behind.Length == 0)
            return;
        var keys = await db.Keys.AsNoTracking().Where(k => behind.Contains(k.SpeakerId)).ToListAsync(cancel);
        await directory.Say(
            [
                .. keys.Select(key => new Saying(
                    key.SpeakerId,
                    AirTopic.InPlacement,
                    new PlacementMessage(Jws.Low(key.Placement), key.DelegationList).ToBytes()
                )),
            ],
            cancel
        );
    }

    async Task BringRevocations(ITrust trust, IReadOnlyList<Speaker> speakers, CancellationToken cancel)
    {
        if (
            await trust.Revocations(cancel) is not { } revocations
            || !Revocations.TryRead(revocations, out var read, out _)
        )
            return;
        var version = read.Document.Version;
        var message = new RevocationsMessage(revocations).ToBytes();
        await directory.Say(
            [
                .. speakers
                    .Where(s => version > (s.RevocationsHeld ?? 0))
                    .Select(s => new Saying(s.Id, AirTopic.InRevocations, message)),
            ],
            cancel
        );
    }
}
