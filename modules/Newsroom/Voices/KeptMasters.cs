using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Loa.Newsroom.Data;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom.Voices;

/// <summary>
/// The masters (FLAC) of readings: nobody hears them, and text and voice make them anew. They go when no bulletin has taken the
/// reading for long; what goes over the air stays.
/// </summary>
sealed class KeptMasters(IServiceScopeFactory scopes, PaperStore papers) : IKeptKind
{
    const int Together = 100;

    // What a second of a master takes, where it was not noted.
    const double BytesOfMillisecond = 29.5;

    public string Name => "masters";

    public RetentionRule Usual => new(OldAge.Thin, 90);

    public IReadOnlyList<OldAge> Ages => [OldAge.Thin];

    public int LeastDays => 30;

    public async Task<KindSize> Measure(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var kept = scope
            .ServiceProvider.GetRequiredService<NewsroomDb>()
            .Renderings.Where(r => r.Kept && !r.MasterGone && r.Master != "");
        return new(
            await kept.LongCountAsync(cancel),
            (long)
                await kept.SumAsync(
                    r => r.Bytes > r.Length ? r.Bytes - r.Length : r.DurationMs * BytesOfMillisecond,
                    cancel
                ),
            InFiles: true
        );
    }

    public async Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Old(scope.ServiceProvider.GetRequiredService<NewsroomDb>(), before).LongCountAsync(cancel);
    }

    public async IAsyncEnumerable<int> Age(
        OldAge then,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        for (var done = Together; done == Together; )
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
            var old = await Old(db, before)
                .OrderBy(r => r.TakenAt)
                .Take(Together)
                .Select(r => new { r.Key, r.Master })
                .ToListAsync(cancel);
            foreach (var reading in old)
                await Drop(db, reading.Key, reading.Master, before, cancel);
            yield return done = old.Count;
        }
    }

    // Another text may sound the same, and a bulletin may just have taken this one. The file goes before it is noted for good:
    // killed in between, the reading counts as not there, and its master goes next time.
    Task Drop(NewsroomDb db, string key, string master, DateTimeOffset before, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var gone = await Old(db, before)
                    .Where(r => r.Key == key)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.MasterGone, true), cancel);
                if (gone > 0 && !await db.Renderings.AnyAsync(r => r.Master == master && !r.MasterGone, cancel))
                    papers.Discard(master);
            },
            cancel
        );

    static IQueryable<Rendering> Old(NewsroomDb db, DateTimeOffset before) =>
        db.Renderings.Where(r => r.Kept && !r.MasterGone && r.Master != "" && r.TakenAt < before);
}
