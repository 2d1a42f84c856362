using Loa.Kernel;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Voices;

/// <summary>A rendering that a bulletin took is kept for ever; every other one is only a preview.</summary>
static class KeptRenderings
{
    /// <summary>What bulletins had taken before it was noted.</summary>
    public static readonly MigrationStep Step = MigrationStep.On<NewsroomDb>("Newsroom/kept-renderings", Fill);

    /// <summary>False when the preview was cleared away meanwhile. Within the transaction of the act that takes it.</summary>
    public static async Task<bool> Keep(this NewsroomDb db, string key, CancellationToken cancel) =>
        await db
            .Renderings.Where(r => r.Key == key)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.Kept, true), cancel) > 0;

    static async Task Fill(NewsroomDb db, CancellationToken cancel)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await foreach (
            var papers in db
                .Acts.Where(a => a.Papers != "")
                .Select(a => a.Papers)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
            taken.UnionWith(papers.Split(' '));
        await foreach (var made in db.Renderings.AsAsyncEnumerable().WithCancellation(cancel))
            (made.Kept, made.Bytes) = (taken.Contains(made.Digest), made.Length);
        await db.SaveChangesAsync(cancel);
    }
}
