using System.Runtime.CompilerServices;
using Loa.Contracts.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Announcements that everybody heard, in every module's outbox.</summary>
sealed class KeptNews(IServiceScopeFactory scopes, IEnumerable<ModuleDbEntry> dbs, TableSizes sizes)
    : KeptRows("news", null, ["Announcements"], sizes)
{
    const int Together = 1_000;

    public override RetentionRule Usual => new(OldAge.Delete, 7);

    public override IReadOnlyList<OldAge> Ages => [OldAge.Delete];

    public override int LeastDays => 1;

    public override async Task<long> Due(OldAge then, DateTimeOffset before, CancellationToken cancel)
    {
        var due = 0L;
        foreach (var entry in dbs)
        {
            await using var scope = scopes.CreateAsyncScope();
            due += await Heard(scope, entry, before).LongCountAsync(cancel);
        }
        return due;
    }

    public override async IAsyncEnumerable<int> Age(
        OldAge then,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var entry in dbs)
            for (var gone = Together; gone == Together; )
            {
                await using var scope = scopes.CreateAsyncScope();
                // The oldest stand first, and one that nobody could hear yet keeps none behind it.
                var oldest = await Heard(scope, entry, before)
                    .OrderBy(a => a.Id)
                    .Select(a => a.Id)
                    .Take(Together)
                    .ToListAsync(cancel);
                gone = await Db(scope, entry)
                    .Announcements.Where(a => oldest.Contains(a.Id))
                    .ExecuteDeleteAsync(cancel);
                yield return gone;
            }
    }

    static IQueryable<Announcement> Heard(AsyncServiceScope scope, ModuleDbEntry entry, DateTimeOffset before) =>
        Db(scope, entry).Announcements.Where(a => a.DoneAt != null && a.DoneAt < before);

    static ModuleDb Db(AsyncServiceScope scope, ModuleDbEntry entry) =>
        (ModuleDb)scope.ServiceProvider.GetRequiredService(entry.Type);
}
