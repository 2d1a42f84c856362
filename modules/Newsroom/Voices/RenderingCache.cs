using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Newsroom.Voices;

/// <summary>What was read aloud is kept, so that the same text is not read again.</summary>
sealed class RenderingCache(PaperStore papers, ForgetPreviews previews, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Null when it was never read, or its sound is gone.</summary>
    public async Task<Rendering?> Find(string key, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        var found = await db.Renderings.AsNoTracking().FirstOrDefaultAsync(r => r.Key == key, cancel);
        return found is not null && IsThere(found) ? found : null;
    }

    /// <summary>False when the preview was cleared away meanwhile. Within the transaction of the act that takes it.</summary>
    public async Task<bool> Keep(NewsroomDb db, Rendering made, CancellationToken cancel) =>
        await db
            .Renderings.Where(r => r.Key == made.Key)
            .ExecuteUpdateAsync(
                row => row.SetProperty(r => r.Kept, true).SetProperty(r => r.TakenAt, clock.Moment()),
                cancel
            ) > 0
        // From here on nobody throws it away; until here somebody may have.
        && IsThere(made);

    /// <summary>Notes the master of what is there; when it was cleared away meanwhile, so is the master.</summary>
    public async Task<Rendering> Pack(Rendering made, Paper master, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        (made.Master, made.Bytes) = (master.Digest, made.Length + master.Length);
        await db.Atomically(
            async () =>
            {
                var noted = await db
                    .Renderings.Where(r => r.Key == made.Key)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(r => r.Master, made.Master).SetProperty(r => r.Bytes, made.Bytes),
                        cancel
                    );
                if (noted == 0 && !await db.Renderings.AnyAsync(r => r.Master == made.Master && !r.MasterGone, cancel))
                    papers.Discard(made.Master);
            },
            cancel
        );
        return made;
    }

    /// <summary>Keeps what was just read; what the officer has listened to longest ago makes room.</summary>
    public async Task Put(Rendering made, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsroomDb>();
        await db.Atomically(
            async () =>
            {
                // Another server may have read the same, or the sound of an earlier reading was lost.
                made.Kept = await db.Renderings.AnyAsync(r => r.Key == made.Key && r.Kept, cancel);
                await db.Renderings.Where(r => r.Key == made.Key).ExecuteDeleteAsync(cancel);
                db.Add(made);
            },
            cancel
        );
        await previews.Trim(made.OfficerId, cancel);
    }

    bool IsThere(Rendering made) => papers.Has(made.Digest) && (!made.IsPacked || papers.Has(made.Master));
}
