using Loa.Cases;
using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Retention.Archives;

/// <summary>The archives that the ledger names.</summary>
static class ListedArchives
{
    /// <param name="kind">Of one kind; of all when none is named.</param>
    /// <returns>The first first.</returns>
    public static async Task<IReadOnlyList<ArchiveFile>> Archives(
        this RetentionDb db,
        string? kind,
        CancellationToken cancel
    )
    {
        var rows = db.Cases.AsNoTracking().Where(c => c.Procedure == ArchiveFileProcedure.Definition.Name);
        if (kind is not null)
            rows = rows.Where(c => c.Title == kind);
        return
        [
            .. (await rows.OrderBy(c => c.OpenedAt).ThenBy(c => c.Id).ToListAsync(cancel)).Select(row =>
                ArchiveFile.Of(Case.Of(ArchiveFileProcedure.Definition, row))
            ),
        ];
    }
}
