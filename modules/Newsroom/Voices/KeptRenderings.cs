using Loa.Kernel;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Newsroom.Voices;

/// <summary>A rendering that a bulletin took is kept for ever; every other one is only a preview.</summary>
static class KeptRenderings
{
    /// <summary>What bulletins had taken before it was noted.</summary>
    public static readonly MigrationStep Step = MigrationStep.On<NewsroomDb>("Newsroom/kept-renderings", Fill);

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
