using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// Carries a module's announcements to their receivers: at least once, in order, across restarts.
/// A receiver that fails is told again later and holds up nobody else.
/// </summary>
sealed class Outbox<TDb>(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleDbEntry> dbs,
    IEnumerable<Receiver> receivers,
    OutboxBell bell,
    OutboxMeters meters,
    TimeProvider clock,
    BackgroundWork<Outbox<TDb>> work
) : LeaderLoop<Outbox<TDb>>($"kernel.outbox.{dbs.First(db => db.Type == typeof(TDb)).Name}", work)
    where TDb : ModuleDb
{
    const int Batch = 200;
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    static readonly string name = typeof(TDb).Name;
    readonly ILookup<string, Receiver> receivers = receivers
        .SelectMany(r => r.Names, (receiver, name) => (receiver, name))
        .ToLookup(r => r.name, r => r.receiver, StringComparer.Ordinal);

    protected override async Task Loop(CancellationToken stop)
    {
        while (true)
            // When the database is away, what was announced is still there when it comes back.
            if (await Work.Try(DeliverAll, stop, name))
                await bell.Wait(typeof(TDb), Poll, stop);
            else
                await Task.Delay(Poll, clock, stop);
    }

    async Task DeliverAll(CancellationToken cancel)
    {
        while (await Deliver(cancel) == Batch) { }
        // Only when nothing waits.
        await meters.Look<TDb>(scopes, cancel);
    }

    async Task<int> Deliver(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.Moment();
        var waiting = await db
            .Announcements.Where(a => a.DoneAt == null && (a.NextAt == null || a.NextAt <= now))
            .OrderBy(a => a.Id)
            .Take(Batch)
            .ToListAsync(cancel);
        for (var first = 0; first < waiting.Count; )
        {
            List<Announcement> alike = [.. waiting.Skip(first).TakeWhile(a => a.Type == waiting[first].Type)];
            await Deliver(alike, cancel);
            first += alike.Count;
        }
        await db.SaveChangesAsync(cancel);
        return waiting.Count;
    }

    /// <param name="alike">Of one type, one after another.</param>
    async Task Deliver(List<Announcement> alike, CancellationToken cancel)
    {
        foreach (var announcement in alike)
            announcement.Failure = null;
        foreach (var receiver in receivers[alike[0].Type])
        {
            if (alike.Count > 1 && receiver.Together is not null && await Together(receiver, alike, cancel))
                continue;
            foreach (var announcement in alike)
                await Tell(receiver, announcement, cancel);
        }
        foreach (var announcement in alike)
            if (announcement.Failure is null)
                meters.Heard<TDb>((announcement.DoneAt = clock.Moment()).Value - announcement.At);
            else
                announcement.NextAt = clock.Moment() + Pause(++announcement.Attempts);
    }

    /// <summary>False when each is to be told alone.</summary>
    async Task<bool> Together(Receiver receiver, List<Announcement> alike, CancellationToken cancel)
    {
        // What several requests brought about together is the doing of none of them.
        using var trace = alike.TrueForAll(a => a.Trace == alike[0].Trace) ? GoOn(alike[0]) : null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await receiver.Together!(scope.ServiceProvider, alike.Select(a => a.Body), cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Outage.Of(e) is null)
            {
                Work.Failed(e, TogetherOf(receiver));
                return false;
            }
            // Alone they would fare no better, and each would take its time.
            foreach (var announcement in alike)
                Failed(receiver, announcement, e);
            return true;
        }
        Work.Went(TogetherOf(receiver));
        foreach (var announcement in alike)
            Heard(receiver, announcement);
        return true;
    }

    async Task Tell(Receiver receiver, Announcement announcement, CancellationToken cancel)
    {
        using var trace = GoOn(announcement);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await receiver.Hear(scope.ServiceProvider, announcement.Body, announcement.Key, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(receiver, announcement, e);
            return;
        }
        Heard(receiver, announcement);
    }

    void Failed(Receiver receiver, Announcement announcement, Exception failure)
    {
        announcement.Failure = $"{receiver.Type.Name}: {failure.Message}";
        // An outage is the receiver's; a bug may be this one announcement's.
        Work.Failed(failure, Outage.Of(failure) is null ? PartOf(receiver, announcement) : receiver.Type.Name);
    }

    void Heard(Receiver receiver, Announcement announcement)
    {
        Work.Went(receiver.Type.Name);
        if (announcement.Attempts > 0)
            Work.Went(PartOf(receiver, announcement));
    }

    static string TogetherOf(Receiver receiver) => $"{receiver.Type.Name}, many at once";

    static string PartOf(Receiver receiver, Announcement announcement) =>
        $"{receiver.Type.Name}, {announcement.Type} {announcement.Key}";

    static IDisposable? GoOn(Announcement announcement) =>
        RequestTrace.GoOn(announcement.Type, announcement.Trace, announcement.At);

    static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(attempts, 10)) / 2));
}
