using System.Security.Cryptography;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Timetables;

/// <summary>
/// Makes the timetables of some speakers anew, signs them, stores them under the next version, and tells those who are
/// connected. Who can hear at once comes first.
/// </summary>
sealed class MakeTimetables(
    IServiceScopeFactory scopes,
    IUnits units,
    IDirectory directory,
    WriteLane lane,
    TimetableDispatch dispatch,
    PlayWatch watch,
    TimeProvider clock
) : IDisposable
{
    // So many are told while the next are still being signed.
    const int Together = 400;
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    // What may still be sounding although it began before.
    static readonly TimeSpan Behind = TimeSpan.FromHours(4);
    static readonly TimeSpan WorthRenewing = TimeSpan.FromDays(6);

    // Two makers at once would give one version to two timetables.
    readonly SemaphoreSlim alone = new(1);

    public async Task For(IReadOnlyCollection<Guid> speakers, CancellationToken cancel)
    {
        await alone.WaitAsync(cancel);
        try
        {
            var connected = await directory.Find(speakers, cancel);
            foreach (var some in speakers.OrderByDescending(connected.ContainsKey).Chunk(Together))
                await Make(some, cancel);
        }
        finally
        {
            alone.Release();
        }
    }

    public void Dispose() => alone.Dispose();

    async Task Make(Guid[] speakers, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var now = clock.Moment();
        var timetables = scope.ServiceProvider.GetRequiredService<ITimetables>();
        var plans = await Plan(db, timetables, speakers, now, cancel);
        if (plans.Count == 0)
            return;
        var trust = scope.ServiceProvider.GetRequiredService<ITrust>();
        var signed = await trust.SignMany(Timetable.Type, [.. plans.Select(p => p.Payload)], cancel);
        var stored = await lane.Run(
            () =>
                db.Atomically(
                    () =>
                        new StoreTimetables(db, now).Store(
                            [.. plans.Zip(signed, (p, s) => p with { Signed = s })],
                            cancel
                        ),
                    cancel
                ),
            cancel
        );
        await dispatch.Send(db, stored.Timetables, cancel);
        foreach (var changed in stored.Plays)
            watch.Tell(changed.Play.BroadcastId, changed.Seen);
    }

    async Task<List<PlannedTimetable>> Plan(
        DevicesDb db,
        ITimetables timetables,
        Guid[] ids,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        var speakers = await (
            from s in db.Speakers.AsNoTracking()
            where ids.Contains(s.Id) && s.State == SpeakerStates.Enrolled
            join t in db.Timetables on s.Id equals t.SpeakerId into held
            from t in held.DefaultIfEmpty()
            select new
            {
                s.Id,
                s.UnitId,
                Held = s.TimetableHeld ?? 0,
                Version = t == null ? 0 : t.Version,
                Content = t == null ? "" : t.Content,
                To = t == null ? DateTimeOffset.MinValue : t.To,
            }
        ).ToListAsync(cancel);
        var paths = speakers.ToDictionary(s => s.Id, s => tree.PathOf(s.UnitId));
        var entries = await timetables.For(paths, now - Behind, now + Ahead, cancel);
        var told = await Told(db, ids, now, cancel);

        var plans = new List<PlannedTimetable>(speakers.Count);
        foreach (var speaker in speakers)
        {
            TimetableEntry[] mine =
            [
                .. (entries.GetValueOrDefault(speaker.Id) ?? []).Where(e =>
                    e.Until > now || (PlannedTimetable.OverAt(e) > now && told.Contains((speaker.Id, e.Id)))
                ),
            ];
            TimetableItem[] items = [.. mine.Select(Item)];
            var content = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items)));
            if (content == speaker.Content && speaker.To > now + WorthRenewing && speaker.Version >= speaker.Held)
                continue;
            var timetable = new Timetable(
                speaker.Id,
                Math.Max(speaker.Version, speaker.Held) + 1,
                now,
                now,
                now + Ahead,
                items
            );
            plans.Add(new(timetable, mine, content));
        }
        return plans;
    }

    // A speaker that was never told of an item that has begun should not be told now, only to report it missed.
    static async Task<HashSet<(Guid, Guid)>> Told(
        DevicesDb db,
        Guid[] ids,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var open = await db
            .Plays.AsNoTracking()
            .Where(p => ids.Contains(p.SpeakerId) && p.Start > now - Behind && p.OverAt > now)
            .Select(p => new { p.SpeakerId, p.ItemId })
            .ToListAsync(cancel);
        return [.. open.Select(p => (p.SpeakerId, p.ItemId))];
    }

    static TimetableItem Item(TimetableEntry entry) =>
        new(
            entry.Id,
            entry.BroadcastId,
            entry.Bulletin.ReleaseDigest,
            Enum.Parse<AirClass>(entry.Bulletin.Class, ignoreCase: true),
            entry.Start,
            entry.Until,
            entry.Now
        );
}
