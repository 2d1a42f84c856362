using System.Collections.Concurrent;
using Loa.Air;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Health;

/// <summary>The last known health of every speaker that is connected here; what changed waits here to be stored.</summary>
sealed class LatestHealth(IOptions<HealthOptions> options)
{
    readonly ConcurrentDictionary<Guid, SpeakerHealth> speakers = new();
    readonly ConcurrentQueue<SpeakerHealth> changed = new();
    readonly ConcurrentQueue<HourTally> hours = new();

    public IEnumerable<SpeakerHealth> All => speakers.Values;

    /// <summary>Speakers with something to store, each once.</summary>
    public ConcurrentQueue<SpeakerHealth> Changed => changed;

    /// <summary>Hours that are over and not in their day yet.</summary>
    public ConcurrentQueue<HourTally> Hours => hours;

    public SpeakerHealth Of(Guid speaker) => speakers.GetOrAdd(speaker, id => new SpeakerHealth(id));

    public SpeakerHealth? Find(Guid speaker) => speakers.GetValueOrDefault(speaker);

    /// <summary>How a speaker fares now, as far as anybody knows; null when it never said.</summary>
    public async Task<SpeakerHealth.Picture?> Now(DevicesDb db, Guid speaker, CancellationToken cancel) =>
        (await Now(db, [speaker], cancel)).GetValueOrDefault(speaker);

    /// <summary>The same of some speakers; those that never said are left out.</summary>
    public async Task<Dictionary<Guid, SpeakerHealth.Picture>> Now(
        DevicesDb db,
        IReadOnlyCollection<Guid> some,
        CancellationToken cancel
    )
    {
        var known = new Dictionary<Guid, SpeakerHealth.Picture>();
        foreach (var id in some)
            if (Find(id)?.Now() is { } now)
                known[id] = now;
        // Another node may hold their lines.
        Guid[] others = [.. some.Where(id => !known.ContainsKey(id))];
        if (others.Length == 0)
            return known;
        await foreach (
            var row in db
                .Health.AsNoTracking()
                .Where(h => others.Contains(h.SpeakerId))
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            if (KnownHealthText.Read(row) is not { } before)
                continue;
            var health = new SpeakerHealth(row.SpeakerId);
            health.Remember(before.Vitals, before.Stands, row.At);
            known[row.SpeakerId] = health.Now()!;
        }
        return known;
    }

    /// <summary>When a speaker was last heard of: what it tells each minute is not written down each minute.</summary>
    public DateTimeOffset? LastSeen(Guid speaker, DateTimeOffset? written) =>
        Find(speaker)?.At is { } told && told > (written ?? DateTimeOffset.MinValue) ? told : written;

    public void Connected(Guid speaker) => Find(speaker)?.Connected();

    public void Take(Guid speaker, HealthMessage news, DateTimeOffset at)
    {
        var health = Of(speaker);
        if (health.Take(news, at, options.Value, out var over))
            changed.Enqueue(health);
        if (over is not null)
            hours.Enqueue(over);
    }

    /// <summary>Closes the hours of those who have gone silent too.</summary>
    public void CloseHours(DateTimeOffset now)
    {
        foreach (var health in All)
            if (health.Close(now) is { } over)
                hours.Enqueue(over);
    }
}
