using Loa.Kernel;
using Loa.Ui;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>Tells on the desk what was done last to cases of one kind.</summary>
public static class LatelyMoved
{
    /// <param name="cases">Those whose last act is told.</param>
    public static async Task AddLately<T>(this Desk desk, CaseDb db, IQueryable<Guid> cases, CancellationToken cancel)
        where T : ICase<T>
    {
        var told =
            from c in db.Cases
            where cases.Contains(c.Id)
            join act in db.Acts on new { Case = c.Id, c.Seq } equals new { Case = act.CaseId, act.Seq }
            select new
            {
                c.Id,
                c.Title,
                act.Move,
                act.By,
                act.At,
            };
        desk.Lately.Rows.AddRange(
            (await told.ToListAsync(cancel)).Select(t => new DeskRow(t.Title, $"{T.Path}/{t.Id}")
            {
                State = Words.Get($"move.{T.Procedure.Name}.{t.Move}"),
                Note = t.By,
                At = t.At,
            })
        );
    }
}
