using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Devices.Gateway;

/// <summary>
/// Speakers that are connected and still do not hold what they are to hold are told again, each less and less often:
/// nothing stays undelivered because one attempt failed, and a speaker that refuses is not flooded.
/// </summary>
sealed class BringAgain(IServiceScopeFactory scopes, TimeProvider clock, BackgroundWork<BringAgain> work)
    : BackgroundService
{
    const int Together = 400;
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Rarest = TimeSpan.FromHours(1);

    readonly Lock gate = new();
    readonly Dictionary<Guid, Patience> tried = [];
    bool hurried;

    /// <summary>An attempt has failed: the next comes within seconds.</summary>
    public void Soon() => Volatile.Write(ref hurried, true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var next = clock.Moment();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var hurry = Interlocked.Exchange(ref hurried, false);
            if (!hurry && clock.Moment() < next)
                continue;
            if (!await work.Try(c => Bring(hurry, c), stoppingToken))
                Soon();
            next = clock.Moment() + Usual;
        }
    }

    async Task Bring(bool hurry, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var behind = await Behind(scope.ServiceProvider, cancel);
        foreach (var some in Due(behind, hurry).Chunk(Together))
            await scope.ServiceProvider.GetRequiredService<Sync>().Bring(some, cancel);
    }

    static async Task<List<Speaker>> Behind(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<DevicesDb>();
        var revocations = Air.Revocations.TryRead(
            await services.GetRequiredService<ITrust>().Revocations(cancel),
            out var read,
            out _
        )
            ? read.Document.Version
            : 0;
        // Only those whose state has come: before it nobody knows what they hold.
        return await (
            from s in db.Speakers.AsNoTracking()
            where s.Presence == Presence.Online && s.TimetableHeld != null
            join t in db.Timetables on s.Id equals t.SpeakerId into timetables
            from t in timetables.DefaultIfEmpty()
            where
                t == null
                || t.Version != s.TimetableHeld
                || s.PlacementVersion > s.PlacementHeld
                || revocations > s.RevocationsHeld
            select s
        ).ToListAsync(cancel);
    }

    /// <summary>Those whose turn it is; whoever is no longer behind is forgotten.</summary>
    Speaker[] Due(List<Speaker> behind, bool hurry)
    {
        var now = clock.Moment();
        lock (gate)
        {
            var still = behind.Select(s => s.Id).ToHashSet();
            foreach (var done in tried.Keys.Where(id => !still.Contains(id)).ToList())
                tried.Remove(done);
            // Who is behind for the first time may have been told this very moment.
            foreach (var speaker in behind)
                tried.TryAdd(speaker.Id, new(now + Usual, Usual));
            Speaker[] due = [.. behind.Where(s => hurry || tried[s.Id].Next <= now)];
            foreach (var speaker in due)
            {
                var pause = tried[speaker.Id].Pause * 2;
                tried[speaker.Id] = new(now + pause, pause < Rarest ? pause : Rarest);
            }
            return due;
        }
    }

    readonly record struct Patience(DateTimeOffset Next, TimeSpan Pause);
}
