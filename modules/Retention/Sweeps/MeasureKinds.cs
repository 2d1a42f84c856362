using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Retention.Sweeps;

/// <summary>Notes once a day how much there is of each kind; what it grows by is the difference between two days.</summary>
sealed class MeasureKinds(RetentionDb db, IEnumerable<IKeptKind> kinds, TimeProvider clock)
{
    // A year and a month: long enough to see what a year was like.
    const int KeptDays = 400;

    /// <summary>Whether nobody has ever looked.</summary>
    public async Task<bool> IsFirst(CancellationToken cancel) => !await db.Sizes.AnyAsync(cancel);

    public async Task Run(CancellationToken cancel)
    {
        var today = clock.Today();
        foreach (var kind in kinds)
        {
            var size = await kind.Measure(cancel);
            await db.Atomically(() => Note(kind.Name, today, size, cancel), cancel);
        }
        var old = today.AddDays(-KeptDays);
        await db.Sizes.Where(s => s.Day < old).ExecuteDeleteAsync(cancel);
    }

    async Task Note(string kind, DateOnly day, KindSize size, CancellationToken cancel)
    {
        var row = await db.Sizes.FindAsync([kind, day], cancel);
        if (row is null)
            db.Add(row = new SizeOfDay { Kind = kind, Day = day });
        (row.Rows, row.Bytes, row.InFiles) = (size.Rows, size.Bytes, size.InFiles);
    }
}
