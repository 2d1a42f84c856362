using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Cases;

/// <summary>Gives each case that was stored before lists went by alphabet and kind its place in them.</summary>
public static class ListKeys
{
    const int Together = 500;

    public static MigrationStep StepOf<TDb>(Procedure procedure)
        where TDb : CaseDb =>
        MigrationStep.On<TDb>($"{procedure.Name}/list-keys", (db, cancel) => Fill(db, procedure, cancel));

    // A title's key is never empty, so what is found without one becomes less.
    static async Task Fill(CaseDb db, Procedure procedure, CancellationToken cancel)
    {
        while (true)
        {
            var some = await db
                .Cases.Where(c => c.Procedure == procedure.Name && c.TitleKey == "")
                .OrderBy(c => c.Id)
                .Take(Together)
                .ToListAsync(cancel);
            if (some.Count == 0)
                return;
            foreach (var row in some)
            {
                var now = CaseRow.Of(Case.Of(procedure, row));
                (row.TitleKey, row.Kind) = (now.TitleKey, now.Kind);
            }
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }
}
