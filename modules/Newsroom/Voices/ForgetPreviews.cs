using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Newsroom.Voices;

/// <summary>Throws away what was only listened to: when it is old (KeptPreviews), and an officer's oldest when his previews take too much room.</summary>
sealed class ForgetPreviews(
    IServiceScopeFactory scopes,
    PaperStore papers,
    IOptions<RenderingOptions> options,
    TimeProvider clock
)
{
    public const int Together = 100;

    // He may be about to take it into a bulletin.
    static readonly TimeSpan untouched = TimeSpan.FromMinutes(10);

    /// <returns>How many went.</returns>
    public async Task<int> Old(DateTimeOffset limit, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var old = await db
            .Renderings.AsNoTracking()
            .Where(r => !r.Kept && r.At < limit)
            .OrderBy(r => r.At)
            .Take(Together)
            .ToListAsync(cancel);
        foreach (var preview in old)
            await Forget(db, preview, cancel);
        return old.Count;
    }

    /// <summary>Keeps one officer's previews within his room.</summary>
    public async Task Trim(Guid officer, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var previews = await db
            .Renderings.AsNoTracking()
            .Where(r => !r.Kept && r.OfficerId == officer)
            .OrderBy(r => r.At)
            .ToListAsync(cancel);
        var total = previews.Sum(p => p.Bytes);
        var limit = clock.Moment() - untouched;
        foreach (var preview in previews.TakeWhile(p => p.At < limit))
        {
            if (total <= options.Value.MostPreviewBytes)
                return;
            await Forget(db, preview, cancel);
            total -= preview.Bytes;
        }
    }

    // The files go before the row is gone for good: killed in between, the row comes back, counts as not there, and goes next time.
    Task Forget(NewsroomDb db, Rendering preview, CancellationToken cancel) =>
        db.Atomically(
            async () =>
            {
                var gone = await db.Renderings.Where(r => r.Key == preview.Key && !r.Kept).ExecuteDeleteAsync(cancel);
                if (gone == 0)
                    return;
                string[] files = preview.IsPacked ? [preview.Digest, preview.Master] : [preview.Digest];
                foreach (var digest in await Unshared(db, files, cancel))
                    papers.Discard(digest);
            },
            cancel
        );

    // Another text may sound the same.
    static async Task<string[]> Unshared(NewsroomDb db, string[] digests, CancellationToken cancel)
    {
        var shared = await db
            .Renderings.Where(r => digests.Contains(r.Digest) || (digests.Contains(r.Master) && !r.MasterGone))
            .Select(r => new { r.Digest, r.Master })
            .ToListAsync(cancel);
        return [.. digests.Where(d => !shared.Exists(r => r.Digest == d || r.Master == d))];
    }
}
